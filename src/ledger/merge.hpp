#pragma once

#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// All processes of a run together, per device and kind. What is live adds up; peaks do not, for
// nobody knows whether they were reached at one moment: of several, the highest is a lower bound.
Snapshot merge(std::vector<ProcessView> processes);

}  // namespace plimsoll::ledger
