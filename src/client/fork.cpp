#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "client/handover.hpp"
#include "client/start.hpp"
#include "segment/mapping.hpp"

// A forked child shares its parent's pages, the segment included, and must never write there: the
// allocations are the parent's. On its first report it gets a segment of its own at the same
// address, so that every handle and pointer stays good. Children that only exec never come here.
namespace plimsoll::client {
namespace {

using segment::Geometry;
using segment::Header;

// Copies what names things; what counts or lists the parent's allocations stays zero.
void copy_names(const Geometry& geometry, const std::byte* from, std::byte* to) {
    const auto copy = [&](std::size_t start, std::size_t bytes) {
        std::memcpy(to + start, from + start, bytes);
    };
    const auto& h = *reinterpret_cast<const Header*>(from);
    copy(geometry.devices, h.devices_used * sizeof(segment::Device));
    copy(geometry.sets, h.sets_used * sizeof(segment::DeviceSet));
    copy(geometry.programs, h.programs_used * sizeof(segment::Program));
    copy(geometry.call_sites, h.call_sites_used * sizeof(segment::CallSite));
    copy(geometry.text, std::size_t{h.text_used} * 4);

    auto& own = *reinterpret_cast<Header*>(to);
    own.forked_from = h.pid;
    own.sequence = own.fork_sequence = segment::load(h.sequence);
    own.runtime = h.runtime;
    own.package = h.package;
    own.machine = h.machine;
    own.devices_used = h.devices_used;
    own.sets_used = h.sets_used;
    own.programs_used = h.programs_used;
    own.call_sites_used = h.call_sites_used;
    own.text_used = h.text_used;
    std::memcpy(own.coverage, h.coverage, sizeof own.coverage);
}

// False: no segment was to be had.
bool move_to_own_segment(plimsoll_client* client) {
    const Geometry& geometry = client->shared.geometry();
    Result<segment::NewSegment> made = segment::create(geometry.total);
    if (!made) return false;
    auto* inherited = reinterpret_cast<std::byte*>(&header(client));
    copy_names(geometry, inherited, made.value().mapping.start());
    void* moved = ::mremap(made.value().mapping.start(), geometry.total, geometry.total,
                           MREMAP_MAYMOVE | MREMAP_FIXED, inherited);
    if (moved == MAP_FAILED) return false;
    (void)made.value().mapping.release();
    close_own_descriptor(client);
    remember_descriptor(client, made.value().fd.release());
    return true;
}

}  // namespace

void close_own_descriptor(plimsoll_client* client) {
    struct stat status {};
    if (client->fd >= 0 && ::fstat(client->fd, &status) == 0 &&
        status.st_dev == client->fd_device && status.st_ino == client->fd_inode) {
        ::close(client->fd);
    }
    client->fd = -1;
}

void adopt_after_fork(plimsoll_client* client) noexcept {
    const int saved_errno = errno;
    ::pthread_mutex_lock(&client->control);
    if (segment::load(client->forked) != 0) {
        if (move_to_own_segment(client)) {
            start_tables(client);
            std::memset(client->first_owned, 0,
                        segment::load(header(client).programs_used) * sizeof(std::uint32_t));
            publish(client);
            hand_over(client->socket_path, client->fd);
        } else {
            segment::store(client->off, 1u);
        }
        segment::store_release(client->forked, 0u);
    }
    ::pthread_mutex_unlock(&client->control);
    errno = saved_errno;
}

}  // namespace plimsoll::client
