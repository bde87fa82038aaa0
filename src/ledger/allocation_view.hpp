#pragma once

#include "ledger/input.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::ledger {

// A row of a table with everything it refers to, so that it can be understood by itself.
AllocationView allocation_view(const Tables& tables, const Row& row, std::int32_t pid,
                               std::uint64_t now_ns);

}  // namespace plimsoll::ledger
