#include "client/threads.hpp"

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

#include "client/registry.hpp"
#include "segment/ring.hpp"

namespace plimsoll::client {
namespace {

constexpr std::uint32_t kNoRing = 0xffffffff;

// Which ring this thread writes, of the client it last reported to.
struct Place {
    plimsoll_client* client;
    std::uint32_t generation;
    std::uint32_t ring;
};
// In the static block: finding it must not allocate, as the first look from a dlopened library
// would.
[[gnu::tls_model("initial-exec")]] thread_local Place place = {nullptr, 0, kNoRing};

std::uint32_t own_thread_id() { return static_cast<std::uint32_t>(::syscall(SYS_gettid)); }

std::uint32_t find_ring(plimsoll_client* client) {
    const std::uint32_t thread = own_thread_id();
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        if (segment::load(client->shared.ring(i).thread) == thread) return i;
    }
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        // Acquire: what the last writer of this ring stored is seen before we go on with it.
        if (segment::exchange_if(client->shared.ring(i).thread, 0u, thread)) {
            watch_end_of_thread();
            return i;
        }
    }
    return kNoRing;
}

std::uint32_t own_ring(plimsoll_client* client) {
    if (place.client != client || place.generation != client->generation || place.ring == kNoRing) {
        place = {client, client->generation, find_ring(client)};
    }
    return place.ring;
}

}  // namespace

std::uint64_t now_ns() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1000000000u +
           static_cast<std::uint64_t>(now.tv_nsec);
}

void tell(plimsoll_client* client, segment::EventType type, std::uint64_t sequence,
          const segment::Record& record) {
    const std::uint32_t ring = own_ring(client);
    if (ring == kNoRing) {
        segment::add<std::uint64_t>(header(client).events_dropped, 1);
        return;
    }
    segment::Event event;
    event.head = sequence << 8 | static_cast<std::uint64_t>(type);
    std::memcpy(event.body, &record, sizeof event.body);
    segment::push(client->shared.ring(ring), client->shared.events(ring), client->ring_capacity,
                  event);
}

void tell(plimsoll_client* client, segment::EventType type, std::uint64_t subject) {
    segment::Record record{};
    record.address = subject;
    record.made_at_ns = now_ns();
    tell(client, type, next_sequence(client), record);
}

void leave_rings(plimsoll_client* client) {
    const std::uint32_t thread = own_thread_id();
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        if (segment::load(client->shared.ring(i).thread) == thread) {
            segment::store_release(client->shared.ring(i).thread, 0u);
        }
    }
    place = {nullptr, 0, kNoRing};
}

}  // namespace plimsoll::client
