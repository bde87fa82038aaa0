#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/growth.hpp"
#include "ledger/growth_tracker.hpp"

// When a group of allocations grows iteration after iteration: decision 0018 says why so.
namespace plimsoll::ledger {

// A group that grows.
struct Growing {
    std::size_t group = 0;                // index into the tracker's groups
    bool marks_given = false;             // else iterations are the turns of a loop that was found
    std::uint64_t iterations = 0;         // over which it grew
    std::uint64_t allocations = 0;        // by so many; 0: each larger than the one it replaced
    std::uint64_t bytes = 0;              // and by so much
    std::array<GrowthPoint, 3> points{};  // at the first, the middle and the last of them
};

// Those that grew by the most bytes first, at most kMostGrowing.
inline constexpr std::size_t kMostGrowing = 16;
std::vector<Growing> growing(const GrowthTracker& tracker);

}  // namespace plimsoll::ledger
