#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

// What the allocation server answers beside what the commands print; schema 1.
namespace plimsoll::exporting {

enum class With { figures, allocations };

// Processes that run, and those that have ended as they were at their end.
std::string snapshot_json(const std::vector<ledger::ProcessView>& running, With with,
                          const std::vector<ledger::ProcessView>& ended);

// One process with its devices, as `plimsoll ps --json` lists it.
std::string observed_json_text(const ledger::ProcessView& process);

// What is new since the last change that was sent: `changed` are texts of the above, `ended` are
// numbers of processes. `skipped`: changes that were left out since, because nobody fetched them.
std::string change_json(const std::vector<std::string>& changed,
                        const std::vector<std::int32_t>& ended, std::uint64_t skipped);

}  // namespace plimsoll::exporting
