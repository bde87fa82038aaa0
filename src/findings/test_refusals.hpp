#pragma once

#include <cstdint>
#include <utility>

#include "findings/test_rows.hpp"

// Refusals in a bank of 1000 bytes that begins at 100, for tests of rules.
namespace plimsoll::findings {

inline ledger::Block test_block(std::uint64_t address, std::uint64_t bytes, std::uint32_t site) {
    ledger::Block block;
    block.address = address;
    block.bytes_per_bank = bytes;
    block.kind = Kind::buffer;
    block.owner = Owner::user;
    block.call_site = site;
    return block;
}

// 500 bytes asked for; three pieces of 200 are free.
inline ledger::RefusalView fragmented() {
    ledger::RefusalView view;
    view.refusal.kind = Kind::buffer;
    view.refusal.region = Region::l1;
    view.refusal.banks = 8;
    view.refusal.call_site.frames = {{"model.py", "forward", 7}};
    view.refusal.figures.bytes = 4000;
    view.refusal.figures.bytes_per_bank = 500;
    view.refusal.figures.bank_bytes = 1000;
    view.refusal.figures.allocated = 400;
    view.refusal.figures.free = 600;
    view.refusal.figures.largest_free = 200;
    view.devices = {0};
    for (ledger::RegionInfo& region : view.regions) region = {8, 1000, 100};
    view.picture = Coverage::exact;
    view.blocks = {test_block(100, 100, 0), test_block(400, 200, 0), test_block(800, 100, 1)};
    view.call_sites = {{{{"model.py", "load", 10}}, ""}, {{{"model.py", "step", 11}}, ""}};
    return view;
}

// A program up to 750 meets buffers at 300 and 600.
inline ledger::RefusalView clash() {
    ledger::RefusalView view = fragmented();
    view.refusal.reason = ledger::RefusalReason::clash;
    view.refusal.kind = Kind::circular_buffer;
    view.refusal.figures = {};
    view.refusal.figures.lowest_address = 300;
    view.refusal.figures.region_end = 750;
    view.refusal.program = ledger::Program{4, "softmax", {}};
    view.blocks = {test_block(300, 100, 0), test_block(600, 100, 1)};
    return view;
}

inline ledger::Snapshot test_refusal(ledger::RefusalView view) {
    ledger::Snapshot snapshot = test_snapshot(ledger::ProcessState::exited);
    snapshot.processes[0].refusal_count = 1;
    snapshot.processes[0].refusals.push_back(std::move(view));
    return snapshot;
}

}  // namespace plimsoll::findings
