#pragma once

#include "client/state.hpp"

namespace plimsoll::client {

// The next number of this process's story: allocation ids and events share one order.
inline std::uint64_t next_sequence(plimsoll_client* client) {
    return segment::add<std::uint64_t>(header(client).sequence, 1) + 1;
}

// Monotonic nanoseconds, as fine as the kernel's tick: ages need no more, and this clock costs a
// fraction of the precise one.
std::uint64_t now_ns();

// Adds an event to the ring of the calling thread. Without a ring left it is counted as dropped.
void tell(plimsoll_client* client, segment::EventType type, std::uint64_t sequence,
          const segment::Record& record);

// An event that is not an allocation: `subject` is the allocation's id or a text.
void tell(plimsoll_client* client, segment::EventType type, std::uint64_t subject);

// Gives back the rings of the calling thread. Called when it ends.
void leave_rings(plimsoll_client* client);

}  // namespace plimsoll::client
