#include "client/threads.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include "client/registry.hpp"

namespace plimsoll::client {
namespace {

std::uint32_t own_thread_id() { return static_cast<std::uint32_t>(::syscall(SYS_gettid)); }

segment::RingHeader* take_ring(plimsoll_client* client) {
    const std::uint32_t thread = own_thread_id();
    const std::uint32_t used = segment::load(header(client).rings_used);
    for (std::uint32_t i = 0; i < used; ++i) {
        segment::RingHeader& ring = client->shared.ring(i);
        if (segment::load(ring.thread) == thread) return &ring;
    }
    for (std::uint32_t i = 0; i < segment::kMaxRings; ++i) {
        segment::RingHeader& ring = client->shared.ring(i);
        // Acquire: what the last writer of this ring stored is seen before we go on with it.
        if (segment::exchange_if(ring.thread, 0u, thread)) {
            segment::raise_to(header(client).rings_used, i + 1);
            watch_end_of_thread();
            return &ring;
        }
    }
    return nullptr;
}

}  // namespace

constinit thread_local Place place = {0, nullptr};

segment::RingHeader* find_ring(plimsoll_client* client) {
    place = {client->generation, take_ring(client)};
    return place.ring;
}

void leave_rings(plimsoll_client* client) {
    const std::uint32_t thread = own_thread_id();
    const std::uint32_t used = segment::load(header(client).rings_used);
    for (std::uint32_t i = 0; i < used; ++i) {
        segment::RingHeader& ring = client->shared.ring(i);
        if (segment::load(ring.thread) != thread) continue;
        if (ring.spare != 0) client->slots.give_back(ring.spare - 1);
        segment::store(ring.spare, 0u);
        segment::store_release(ring.thread, 0u);
    }
    place = {0, nullptr};
}

}  // namespace plimsoll::client
