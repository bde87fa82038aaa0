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

// Word by word: the parent's threads may change an entry while it is copied.
template <class Entry>
void copy_entries(Entry* to, const Entry* from, std::uint32_t count) {
    static_assert(sizeof(Entry) % sizeof(std::uint64_t) == 0);
    auto* words = reinterpret_cast<std::uint64_t*>(to);
    const auto* source = reinterpret_cast<const std::uint64_t*>(from);
    const std::size_t length = std::size_t{count} * sizeof(Entry) / sizeof(std::uint64_t);
    for (std::size_t i = 0; i < length; ++i) words[i] = segment::load(source[i]);
}

// Copies what names things; what counts or lists the parent's allocations stays zero. Texts and
// call sites never change, so those the parent made since the fork do no harm.
void copy_names(plimsoll_client* client, std::byte* to) {
    const Geometry& geometry = client->shared.geometry();
    const segment::Sections<std::byte> child(to, geometry);
    const Header& h = header(client);
    copy_entries(child.devices(), client->kept_devices, client->kept_devices_used);
    copy_entries(child.sets(), client->kept_sets, client->kept_sets_used);
    copy_entries(child.programs(), client->kept_programs, client->kept_programs_used);
    const std::uint32_t call_sites_used = segment::load(h.call_sites_used);
    const std::uint32_t text_used = segment::load(h.text_used);
    std::memcpy(child.call_sites(), client->shared.call_sites(),
                call_sites_used * sizeof(segment::CallSite));
    std::memcpy(child.text(), client->shared.text(), std::size_t{text_used} * 4);
    // The parent's unlisted allocations are not the child's to free: their ids say how often the
    // set had been closed.
    for (std::uint32_t set = 0; set < client->kept_sets_used; ++set) ++child.sets()[set].closes;

    Header& own = child.header();
    own.forked_from = h.pid;
    own.sequence = own.fork_sequence = segment::load(h.sequence);
    own.runtime = h.runtime;
    own.package = h.package;
    own.machine = h.machine;
    own.devices_used = client->kept_devices_used;
    own.sets_used = client->kept_sets_used;
    own.programs_used = client->kept_programs_used;
    segment::raise_to(own.programs_used, client->programs.high());
    own.call_sites_used = call_sites_used;
    own.text_used = text_used;
    std::memcpy(own.coverage, h.coverage, sizeof own.coverage);
}

// False: no segment was to be had.
bool move_to_own_segment(plimsoll_client* client) {
    const Geometry& geometry = client->shared.geometry();
    Result<segment::NewSegment> made = segment::create(geometry.total);
    if (!made) return false;
    auto* inherited = reinterpret_cast<std::byte*>(&header(client));
    copy_names(client, made.value().mapping.start());
    void* moved = ::mremap(made.value().mapping.start(), geometry.total, geometry.total,
                           MREMAP_MAYMOVE | MREMAP_FIXED, inherited);
    if (moved == MAP_FAILED) return false;
    (void)made.value().mapping.release();
    close_own_descriptor(client);
    remember_descriptor(client, made.value().fd.release());
    return true;
}

}  // namespace

void keep_names_for_child(plimsoll_client* client) noexcept {
    // What is mapped may be a grandparent's segment still, which says nothing about us.
    if (!writes_own_segment(client)) return;
    const Header& h = header(client);
    client->kept_devices_used = segment::load_acquire(h.devices_used);
    client->kept_sets_used = segment::load_acquire(h.sets_used);
    client->kept_programs_used = segment::load_acquire(h.programs_used);
    copy_entries(client->kept_devices, client->shared.devices(), client->kept_devices_used);
    copy_entries(client->kept_sets, client->shared.sets(), client->kept_sets_used);
    copy_entries(client->kept_programs, client->shared.programs(), client->kept_programs_used);
}

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
