#pragma once

#include "export/values.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::exporting {

// What was named while a history was kept, times in milliseconds after `first_ns`, and how many
// allocations were freed in the ordinary way. Null: no process has a history.
Json history_json(const ledger::Snapshot& snapshot, std::uint64_t first_ns);

}  // namespace plimsoll::exporting
