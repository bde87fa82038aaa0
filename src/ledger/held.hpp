#pragma once

#include <cstdint>
#include <unordered_map>

#include "ledger/footprint.hpp"
#include "ledger/growth_tracker.hpp"

namespace plimsoll::ledger {

// What the ledger keeps of an allocation that is live, to take back when it is over.
struct Held {
    Footprint footprint;
    GrowthShare share;
};
using HeldById = std::unordered_map<std::uint64_t, Held>;

}  // namespace plimsoll::ledger
