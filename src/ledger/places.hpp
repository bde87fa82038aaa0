#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::ledger {

// Inclusive corners.
struct CoreRange {
    std::uint16_t x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    friend bool operator==(const CoreRange&, const CoreRange&) = default;
};
using CoreSet = std::vector<CoreRange>;

struct Frame {
    std::string file;
    std::string function;
    std::uint32_t line = 0;
    friend bool operator==(const Frame&, const Frame&) = default;
};

// Where the program is that asked, innermost frame first, and what it called there.
struct CallSite {
    std::vector<Frame> frames;
    std::string op;  // such as "ttnn.add"; empty when unknown
    // The runtime's functions between the program and the memory; known on request only.
    std::vector<Frame> inside = {};
    friend bool operator==(const CallSite&, const CallSite&) = default;
};

struct Program {
    std::uint64_t runtime_id = 0;
    std::string label;
    CallSite call_site;
};

}  // namespace plimsoll::ledger
