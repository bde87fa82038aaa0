#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::findings {

// Allocations that read alike: same place in the program, kind, region, size, devices.
struct Group {
    const ledger::AllocationView* first = nullptr;  // borrowed from the rows that were grouped
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // requested, over all of them and their devices
};

using Rows = std::vector<const ledger::AllocationView*>;

// Largest first; equally large ones in the order they were made.
std::vector<Group> group(const Rows& rows);

// "16 x  2.0 MiB  buffers in DRAM on device 0   model.py:12 in forward", columns aligned.
std::vector<std::string> lines(const std::vector<Group>& groups, std::size_t all_devices);

// Where it was made, as far as known, with up to `frames` frames: call site, else its program's
// label.
std::string origin(const ledger::AllocationView& row, std::size_t frames);

// The rows of `from` for which `wanted` holds, as borrowed pointers.
Rows select(const std::vector<ledger::AllocationView>& from,
            const std::function<bool(const ledger::AllocationView&)>& wanted);

// Requested bytes over all devices of one allocation.
std::uint64_t bytes_on_all_devices(const ledger::AllocationView& row);

// "64.0 MiB of DRAM and 8.0 MiB of L1", requested bytes over all devices.
std::string amounts(const Rows& rows);

}  // namespace plimsoll::findings
