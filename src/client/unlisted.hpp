#pragma once

#include "client/state.hpp"

// Allocations that the full live table could not list. They are counted like all others; what the
// counters need to know at their end travels in the id itself, so they need no memory at all.
namespace plimsoll::client {

constexpr bool is_unlisted(plimsoll_id id) { return id >> 63 != 0; }

plimsoll_id allocate_unlisted(plimsoll_client* client, const segment::Record& record);
plimsoll_status free_unlisted(plimsoll_client* client, plimsoll_id id);

// The set was closed: all its unlisted allocations are over. Returns how many there were that
// should have ended before.
std::uint64_t end_unlisted(plimsoll_client* client, std::uint32_t set);

}  // namespace plimsoll::client
