#pragma once

#include "client/state.hpp"

// Allocations that the full live table could not list. They are counted like all others; what the
// counters need to know at their end travels in the id itself, so they need no memory at all.
namespace plimsoll::client {

constexpr bool is_unlisted(plimsoll_id id) { return id >> 63 != 0; }

// What the counters need to know of an allocation; small enough for two registers.
struct Counted {
    std::uint64_t bytes;  // occupied
    std::uint16_t set;
    std::uint8_t region;
    std::uint8_t kind;
    std::uint8_t reported;  // 0: no
};

[[gnu::cold]] plimsoll_id allocate_unlisted(plimsoll_client* client, Counted allocation);
plimsoll_status free_unlisted(plimsoll_client* client, plimsoll_id id);

// The set was closed: all its unlisted allocations are over. Returns how many there were that
// should have ended before.
std::uint64_t end_unlisted(plimsoll_client* client, std::uint32_t set);

}  // namespace plimsoll::client
