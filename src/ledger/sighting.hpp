#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// A process that uses the runtime without Plimsoll: whatever it holds is not known.
struct Unwatched {
    std::int32_t pid = 0;
    std::string name;
    std::uint32_t uid = 0;
    std::string user;                   // the name of that
    std::vector<std::int32_t> devices;  // that it has open, ascending; none: not known
};

// What was found on this host at one moment.
struct Sighting {
    std::vector<ProcessView> processes;  // ascending by pid
    std::vector<Unwatched> unwatched;    // ascending by pid
    std::vector<std::string> notes;      // what could not be looked at, one sentence each
};

}  // namespace plimsoll::ledger
