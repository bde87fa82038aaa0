#pragma once

#include <algorithm>
#include <cstdint>

#include "export/values.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::exporting {

struct PageRows {
    Json json;
    std::uint64_t freed = 0;  // that are listed
};

// All allocations that a snapshot lists, small enough for a file that people attach to an issue:
// what many have in common (their place) stands once, and of each remain its place, its id, its
// address, when it was made (after `first_ns`), how old it is or became and, where a history was
// kept, the number of the event that ended it, as differences to the one before in strings of
// numbers. What was freed in the ordinary way comes last, of that the newest first. Stops before
// these take more than `most_bytes`; `count` is how many there are.
PageRows rows_json(const ledger::Snapshot& snapshot, std::uint64_t first_ns,
                   std::size_t most_bytes);

// 0 of what was before `first_ns`.
inline std::uint64_t ms_after(std::uint64_t first_ns, std::uint64_t at_ns) {
    constexpr std::uint64_t kNanosecondsPerMillisecond = 1000000;
    return (at_ns - std::min(first_ns, at_ns)) / kNanosecondsPerMillisecond;
}

}  // namespace plimsoll::exporting
