#pragma once

#include <map>
#include <set>
#include <string>

#include "ledger/places.hpp"

namespace plimsoll::symbols {

// Knows the functions, and the lines where the compiler told them, of frames of which only the
// place in a file of code is known: Frame{"/path/lib.so+0x1234", "", 0}. All other frames, and
// those for which there is no name, stay as they are. Nothing is fetched from a network.
//
// Limits:  16384 places; what is beyond keeps no name.
// Threads: one at a time, and one in the process: see apart.hpp.
class Symboliser {
  public:
    // Those that are not known yet are looked up together.
    void learn(const std::set<std::string>& places);
    void name(ledger::Frame& frame) const;

  private:
    std::map<std::string, ledger::Frame> known_;
};

}  // namespace plimsoll::symbols
