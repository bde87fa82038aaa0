#pragma once

#include <string>

#include "ledger/snapshot.hpp"

namespace plimsoll::view {

// What is live now: a line for each device, then how many allocations in all.
std::string statistics(const ledger::Snapshot& snapshot);

// One line about a process that has ended: how, and what it held then.
std::string last_word(const ledger::ProcessView& process);

}  // namespace plimsoll::view
