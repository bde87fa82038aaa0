#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/kind.hpp"
#include "base/region.hpp"
#include "ledger/places.hpp"

// What the runtime refused, and what was there at that moment.
namespace plimsoll::ledger {

enum class RefusalReason : std::uint8_t {
    out_of_memory = 0,  // the allocator had no room for a buffer
    clash = 1,          // a program's buffers would have lain over an allocated one
    beyond_memory = 2,  // a program's buffers would have ended beyond the memory itself
};

// Figures are nothing where the runtime's words did not tell them.
struct RefusalFigures {
    std::optional<std::uint64_t> bytes;           // requested, on one device
    std::optional<std::uint64_t> bytes_per_bank;  // as the allocator would round it
    // The allocator's own, per bank; beyond memory: where each core's ends.
    std::optional<std::uint64_t> bank_bytes;
    std::optional<std::uint64_t> allocated;
    std::optional<std::uint64_t> free;
    std::optional<std::uint64_t> largest_free;  // in one piece
    // Of a program's buffers: the lowest buffer they would have reached, and their end.
    std::optional<std::uint64_t> lowest_address;
    std::optional<std::uint64_t> region_end;
};

struct Refusal {
    std::uint64_t id = 0;  // the number of its event
    RefusalReason reason = RefusalReason::out_of_memory;
    Kind kind = Kind::unknown;  // of what was asked for
    Region region = Region::dram;
    DeviceSetId set;
    CoreSet cores;            // where it clashed; empty when not known
    std::uint32_t banks = 0;  // it was to be spread over; 0: unknown
    RefusalFigures figures;
    CallSite call_site;
    std::optional<Program> program;
    std::uint64_t repeats = 0;  // further ones that were the same
    std::uint64_t refused_at_ns = 0;
};

// One allocation as an allocator sees it: the same place in every bank, or in those of some cores.
struct Block {
    std::uint64_t id = 0;
    std::uint64_t address = 0;
    std::uint64_t bytes_per_bank = 0;
    Kind kind = Kind::unknown;
    Owner owner = Owner::unknown;
    std::uint32_t call_site = 0;  // in the process's table; in a view, in the view's
    bool in_every_bank = true;
};

// A moment that the program has named.
struct Mark {
    std::uint64_t id = 0;  // what was allocated later has a higher one
    TextId name_id;
    std::string name;
};

// What one allocator had given of one region when it refused more, by address.
struct Picture {
    std::uint64_t refusal = 0;  // its id
    std::optional<Mark> mark;   // the last one before it, still without its name
    Coverage coverage = Coverage::exact;
    std::vector<Block> blocks;
    std::vector<Block> own;  // circular and dataflow buffers of the refused program
};

}  // namespace plimsoll::ledger
