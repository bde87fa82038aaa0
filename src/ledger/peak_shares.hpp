#pragma once

#include "ledger/input.hpp"
#include "ledger/portion_keys.hpp"
#include "ledger/snapshot.hpp"
#include "ledger/tally.hpp"

namespace plimsoll::ledger {

// Largest shares that are told by call site and program; smaller ones are told by kind and owner.
inline constexpr std::size_t kMostShares = 100;

// Says what `peak` was made of, still without the names of call sites; nothing where the shares
// are not all there was.
void describe(const Tables& tables, const PortionKeys& keys, const Shares& shares,
              RegionPeak& peak);

}  // namespace plimsoll::ledger
