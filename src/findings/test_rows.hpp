#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

// The least a row and a snapshot need, for tests of rules.
namespace plimsoll::findings {

inline ledger::AllocationView test_row(Kind kind, Owner owner, std::uint64_t bytes = 4096) {
    ledger::AllocationView row;
    row.pid = 1;
    row.kind = kind;
    row.region = kind == Kind::circular_buffer ? Region::l1 : Region::dram;
    row.owner = owner;
    row.devices = {0};
    row.bytes = bytes;
    row.bytes_per_bank = bytes;
    row.reported = true;
    return row;
}

inline ledger::Snapshot test_snapshot(ledger::ProcessState state) {
    ledger::Snapshot snapshot;
    snapshot.devices.resize(1);
    snapshot.processes.resize(1);
    snapshot.processes[0].identity.pid = 1;
    snapshot.processes[0].identity.name = "python";
    snapshot.processes[0].state = state;
    return snapshot;
}

inline void add_ended(ledger::ProcessView& process, ledger::AllocationView row,
                      ledger::Ending ending, std::uint64_t times = 1) {
    row.ending = ending;
    process.ended.insert(process.ended.end(), times, row);
    process.ended_count[static_cast<std::size_t>(ending)] += times;
}

}  // namespace plimsoll::findings
