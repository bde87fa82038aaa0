#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "ledger/input.hpp"

namespace plimsoll::ledger {

// How a group of allocations stood at one iteration: what was live then and is not free yet.
struct GrowthPoint {
    std::uint64_t iteration = 0;  // from 1
    std::uint64_t allocations = 0;
    std::uint64_t bytes = 0;  // requested, on all devices
};

// Allocations of one place, op and owner that grow iteration after iteration.
struct Growth {
    CallSiteId site;
    CallSite call_site;
    Kind kind = Kind::unknown;
    Region region = Region::dram;
    Owner owner = Owner::unknown;
    std::vector<std::int32_t> devices;  // chip ids, ascending
    bool marks_given = false;           // else iterations are the turns of a loop that was found
    TextId mark_id;
    std::string mark;                  // what the program calls its iterations
    std::uint64_t iterations = 0;      // over which it grew
    std::uint64_t allocations = 0;     // by so many; 0: by ever larger ones in the place of others
    std::uint64_t bytes = 0;           // by so much, requested, on all devices
    std::uint64_t occupied_bytes = 0;  // by so much on one device; 0: it shares its space
    std::array<GrowthPoint, 3> points{};  // at the first, the middle and the last of the iterations
    Coverage coverage = Coverage::exact;  // at_least: what was before is not known
    bool until_refused = false;  // until something was refused; it was given back later, or stopped
};

}  // namespace plimsoll::ledger
