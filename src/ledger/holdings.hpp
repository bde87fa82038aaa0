#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "ledger/held.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What one device holds of one kind in one region, each allocation by itself: circular buffers of
// all programs that are there, also where they lie over each other.
struct KindHolding {
    Region region = Region::dram;
    Kind kind = Kind::unknown;
    std::uint64_t live = 0;
    std::uint64_t bytes = 0;                 // occupied
    std::optional<std::uint64_t> requested;  // nothing: events were lost
};

struct DeviceHoldings {
    std::int32_t device = 0;
    std::vector<KindHolding> kinds;  // that are live, by region and kind
    // In each bank, in one piece, beside what the allocator gave (circular and dataflow buffers lie
    // outside of that). Nothing: where the bank begins, or what is in it, is not known.
    std::array<std::optional<std::uint64_t>, kRegionCount> largest_free{};
};

// Of each device in `tables` that is open. `live` is what events told, which is not all when
// `has_gap`; the cells of `look` are exact always. Costs a visit to each live allocation.
std::vector<DeviceHoldings> holdings(const Tables& tables, const Look& look, const HeldTable& live,
                                     bool has_gap);

}  // namespace plimsoll::ledger
