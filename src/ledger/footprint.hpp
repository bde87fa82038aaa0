#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "ledger/core_residency.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// What one allocation takes on each device of its set: bytes of its own, or a share of the space
// that circular and dataflow buffers have in common, never both.
struct Footprint {
    AllocationId id;
    ProgramId program;  // whose it is; 0: no program's
    DeviceSetId set;
    CoreSetId cores;
    Region region = Region::dram;
    Kind kind = Kind::unknown;
    bool shared = false;      // shares its space: `interval` on `cores`
    bool by_runs = false;     // runs of its program make it resident; else it is while it is there
    bool lockstep = false;    // in L1, and takes `interval` in each bank for itself
    std::uint64_t bytes = 0;  // of one device, as the allocator rounds it
    Interval interval;
    Owner owner = Owner::unknown;
    std::uint32_t call_site = 0;  // of the process's table
    std::uint32_t portion = 0;    // of what a peak is made of
};

inline bool shares_space(Kind kind, Region region) {
    return region == Region::l1 && (kind == Kind::circular_buffer || kind == Kind::dataflow_buffer);
}

// A global circular buffer is an alias of a buffer, which is counted by itself.
inline std::uint64_t occupied_bytes(Kind kind, std::uint64_t bytes_per_bank, std::uint64_t banks) {
    return kind == Kind::global_circular_buffer ? 0 : bytes_per_bank * banks;
}
inline std::uint64_t occupied_bytes(const Allocation& allocation) {
    return occupied_bytes(allocation.kind, allocation.bytes_per_bank, allocation.banks);
}

// Where it lies in each bank.
inline Interval interval_of(std::uint64_t address, std::uint64_t bytes_per_bank) {
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - address;
    return {address, address + std::min(room, bytes_per_bank)};
}

inline Footprint footprint_of(const Tables& tables, const Allocation& allocation) {
    Footprint footprint;
    footprint.id = allocation.id;
    footprint.set = allocation.set;
    footprint.cores = allocation.cores;
    footprint.region = allocation.region;
    footprint.kind = allocation.kind;
    footprint.bytes = occupied_bytes(allocation);
    footprint.owner = allocation.owner;
    footprint.program = allocation.program;
    footprint.call_site = allocation.call_site.value;
    footprint.interval = interval_of(allocation.address, allocation.bytes_per_bank);
    if (allocation.region != Region::l1 || footprint.bytes == 0) return footprint;
    // Without its cores a circular buffer can only be counted like any other allocation.
    footprint.shared =
        shares_space(allocation.kind, allocation.region) && allocation.cores.value != 0;
    footprint.by_runs = footprint.shared && tables.runs_are_told && allocation.program.value != 0;
    footprint.lockstep = !footprint.shared;
    return footprint;
}

}  // namespace plimsoll::ledger
