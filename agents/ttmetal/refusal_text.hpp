#pragma once

#include <plimsoll/client.h>

#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// What an error text of the runtime says of an allocation that it refused. A figure that the text
// does not have where the known releases have it is PLIMSOLL_NOT_KNOWN.
struct RefusalText {
    plimsoll_refusal_reason reason = PLIMSOLL_OUT_OF_MEMORY;
    plimsoll_kind kind = PLIMSOLL_BUFFER;  // what was to be placed

    // Out of memory: requested bytes, and per bank what it needs and what the allocator has.
    std::uint64_t bytes = PLIMSOLL_NOT_KNOWN;
    std::uint64_t banks = PLIMSOLL_NOT_KNOWN;
    std::uint64_t bytes_per_bank = PLIMSOLL_NOT_KNOWN;
    std::uint64_t bank_bytes = PLIMSOLL_NOT_KNOWN;  // of the others: where a core's L1 ends
    std::uint64_t allocated = PLIMSOLL_NOT_KNOWN;
    std::uint64_t free = PLIMSOLL_NOT_KNOWN;
    std::uint64_t largest_free = PLIMSOLL_NOT_KNOWN;

    // Of a program's buffers.
    std::uint64_t program_id = PLIMSOLL_NOT_KNOWN;
    std::uint64_t lowest_address = PLIMSOLL_NOT_KNOWN;
    std::uint64_t region_end = PLIMSOLL_NOT_KNOWN;
    bool has_cores = false;
    CoreRange cores{};
};

// False: the text is of another error. Looks at no byte beyond `length`; allocates nothing.
bool read_refusal(const char* text, std::size_t length, RefusalText* to);

}  // namespace plimsoll::ttmetal
