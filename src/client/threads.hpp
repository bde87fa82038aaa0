#pragma once

#include <time.h>

#include "client/state.hpp"
#include "segment/ring.hpp"

namespace plimsoll::client {

// Which ring this thread writes: null when none was left. Good for the segment with this number.
struct Place {
    std::uint32_t generation;
    segment::RingHeader* ring;
};
// In the static block: finding it must not allocate, as the first look from a dlopened library
// would.
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Place place;

// The next number of this process's story: allocation ids and events share one order.
inline std::uint64_t next_sequence(plimsoll_client* client) {
    return segment::add<std::uint64_t>(header(client).sequence, 1) + 1;
}

// Monotonic nanoseconds, as fine as the kernel's tick: ages need no more, and this clock costs a
// fraction of the precise one.
inline std::uint64_t now_ns() {
    timespec now;
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000000000u +
           static_cast<std::uint64_t>(now.tv_nsec);
}

// Looks for a ring for the calling thread; null when none is left.
[[gnu::cold, gnu::noinline]] segment::RingHeader* find_ring(plimsoll_client* client);

inline segment::RingHeader* own_ring(plimsoll_client* client) {
    segment::RingHeader* ring = place.ring;
    const bool found = ring != nullptr && place.generation == client->generation;
    return __builtin_expect(found, 1) ? ring : find_ring(client);
}

// Adds an event to the calling thread's ring. Without a ring it is counted as dropped.
inline void tell(plimsoll_client* client, segment::RingHeader* ring, segment::EventType type,
                 std::uint64_t sequence, const segment::Record& record) {
    if (__builtin_expect(ring == nullptr, 0)) {
        segment::add<std::uint64_t>(header(client).events_dropped, 1);
        return;
    }
    segment::push(*ring, segment::events_of(*ring), client->ring_capacity,
                  sequence << 8 | static_cast<std::uint64_t>(type), record);
}

// An event that is not an allocation: `subject` is the allocation's id or a text.
inline void tell(plimsoll_client* client, segment::RingHeader* ring, segment::EventType type,
                 std::uint64_t subject, std::uint64_t now_ns) {
    segment::Record record{};
    record.address = subject;
    record.made_at_ns = now_ns;
    tell(client, ring, type, next_sequence(client), record);
}

// A free slot of the live table: the one this thread keeps spare, else one of the free list.
// FreeList::kNone: the table is full; at most one slot per other thread may be spare.
inline std::uint32_t take_slot(plimsoll_client* client, segment::RingHeader* ring) {
    if (ring == nullptr || ring->spare == 0) return client->slots.take();
    const std::uint32_t slot = ring->spare - 1;
    segment::store(ring->spare, 0u);
    return slot;
}

// The slot that was freed last is likely the next one needed, on the same thread: keeping it costs
// no locked instruction.
inline void give_back_slot(plimsoll_client* client, segment::RingHeader* ring, std::uint32_t slot) {
    if (ring == nullptr || ring->spare != 0) return client->slots.give_back(slot);
    segment::store(ring->spare, slot + 1);
}

// Gives back the rings of the calling thread. Called when it ends.
void leave_rings(plimsoll_client* client);

}  // namespace plimsoll::client
