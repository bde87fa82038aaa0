#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "findings/finding.hpp"

namespace plimsoll::gate {

// What stays the same of a place in a finding when the program is run again, on more devices, in
// another folder, or after lines were added above it: decision 0025 says why each word is in.
struct Key {
    std::string code;
    std::string owner;
    std::string program;  // label; empty: no program's
    std::string kind;
    std::string region;
    std::string op;                      // empty: not known
    std::vector<std::string> call_site;  // "model.py in forward", the innermost first, at most two
    friend auto operator<=>(const Key&, const Key&) = default;
};

// So much of it may be there.
struct Accepted {
    Key key;
    findings::Amount amount;  // on the device that has the most of it
};

struct Baseline {
    std::string package;             // of the runtime when it was written; empty: unknown
    std::vector<Accepted> accepted;  // keys differ
};

Key key_of(const findings::Finding& finding, const findings::Place& place);

// As a person reads it: "left-at-exit: user, buffer in dram, ttnn.add at model.py in forward".
std::string text_of(const Key& key);

}  // namespace plimsoll::gate
