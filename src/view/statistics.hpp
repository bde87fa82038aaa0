#pragma once

#include <string>

#include "ledger/snapshot.hpp"

namespace plimsoll::view {

// What is live now: a line for each device, then how many allocations in all.
std::string statistics(const ledger::Snapshot& snapshot);

}  // namespace plimsoll::view
