#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "client/abi.hpp"
#include "client/handover.hpp"
#include "client/identity.hpp"
#include "client/registry.hpp"
#include "client/start.hpp"
#include "segment/mapping.hpp"

namespace plimsoll::client {
namespace {

constexpr std::size_t pages(std::size_t bytes) {
    return (bytes + segment::kPage - 1) / segment::kPage * segment::kPage;
}

// The client and its private tables in one anonymous mapping, which starts as zeroes.
struct PrivateLayout {
    std::size_t next_slot, next_program, next_owned, first_owned, texts, call_sites;
    std::size_t kept_devices, kept_sets, kept_programs, total;

    static PrivateLayout of(std::uint32_t live_capacity) {
        PrivateLayout layout{};
        std::size_t at = pages(sizeof(plimsoll_client));
        const auto bytes = [&at](std::size_t count) {
            const std::size_t start = at;
            at += pages(count);
            return start;
        };
        const auto numbers = [&bytes](std::size_t count) {
            return bytes(count * sizeof(std::uint32_t));
        };
        layout.next_slot = numbers(live_capacity);
        layout.next_owned = numbers(live_capacity);
        layout.next_program = numbers(segment::kMaxPrograms);
        layout.first_owned = numbers(segment::kMaxPrograms);
        layout.texts = numbers(kTextSlots);
        layout.call_sites = numbers(kCallSiteSlots);
        layout.kept_devices = bytes(segment::kMaxDevices * sizeof(segment::Device));
        layout.kept_sets = bytes(segment::kMaxSets * sizeof(segment::DeviceSet));
        layout.kept_programs = bytes(segment::kMaxPrograms * sizeof(segment::Program));
        layout.total = at;
        return layout;
    }
};

bool power_of_two(std::uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

std::uint32_t intern_or_none(plimsoll_client* client, const char* text) {
    return text == nullptr ? 0 : plimsoll_intern(client, text, std::strlen(text));
}

plimsoll_client* make_client(std::uint32_t live_capacity, std::uint32_t ring_capacity) {
    const PrivateLayout layout = PrivateLayout::of(live_capacity);
    void* memory = ::mmap(nullptr, layout.total, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return nullptr;
    auto* start = static_cast<std::byte*>(memory);
    const auto numbers = [start](std::size_t offset) {
        return reinterpret_cast<std::uint32_t*>(start + offset);
    };
    auto* client = reinterpret_cast<plimsoll_client*>(start);
    client->live_capacity = live_capacity;
    client->ring_capacity = ring_capacity;
    client->next_owned = numbers(layout.next_owned);
    client->first_owned = numbers(layout.first_owned);
    client->texts.reset(numbers(layout.texts), kTextSlots);
    client->call_sites.reset(numbers(layout.call_sites), kCallSiteSlots);
    client->next_slot = numbers(layout.next_slot);
    client->next_program = numbers(layout.next_program);
    client->kept_devices = reinterpret_cast<segment::Device*>(start + layout.kept_devices);
    client->kept_sets = reinterpret_cast<segment::DeviceSet*>(start + layout.kept_sets);
    client->kept_programs = reinterpret_cast<segment::Program*>(start + layout.kept_programs);
    client->private_bytes = layout.total;
    ::pthread_mutex_init(&client->control, nullptr);
    return client;
}

}  // namespace

void remember_descriptor(plimsoll_client* client, int fd) {
    struct stat status {};
    client->fd = fd;
    if (::fstat(fd, &status) == 0) {
        client->fd_device = status.st_dev;
        client->fd_inode = status.st_ino;
    }
}

void start_tables(plimsoll_client* client) {
    static std::uint32_t generations;
    client->generation = segment::add(generations, 1u) + 1;
    client->waiting = 0;
    client->last_run = 0;
    segment::Header& h = header(client);
    client->slots.reset(client->next_slot, &h.slots_used, 0, client->live_capacity);
}

void publish(plimsoll_client* client) {
    segment::Header& h = header(client);
    h.layout_version = segment::kLayoutVersion;
    h.header_bytes = sizeof(segment::Header);
    h.total_bytes = client->shared.geometry().total;
    h.live_capacity = client->live_capacity;
    h.ring_capacity = client->ring_capacity;
    write_identity(h);
    segment::store_release(h.magic, segment::kMagic);
}

}  // namespace plimsoll::client

using namespace plimsoll;
using namespace plimsoll::client;

plimsoll_status plimsoll_attach(const plimsoll_options* options, plimsoll_client** out) noexcept {
    if (out == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    *out = nullptr;
    if (!understood(options)) return PLIMSOLL_INVALID_ARGUMENT;
    const std::uint32_t live =
        options->live_capacity != 0 ? options->live_capacity : segment::kDefaultLiveSlots;
    const std::uint32_t ring =
        options->ring_capacity != 0 ? options->ring_capacity : segment::kDefaultRingEvents;
    if (live > segment::kMaxLiveSlots || ring > segment::kMaxRingEvents || !power_of_two(ring)) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    const segment::Geometry geometry = segment::Geometry::of(live, ring);
    Result<segment::NewSegment> made = segment::create(geometry.total);
    if (!made) {
        errno = static_cast<int>(made.error().number);
        return PLIMSOLL_NO_MEMORY;
    }
    plimsoll_client* client = make_client(live, ring);
    if (client == nullptr) return PLIMSOLL_NO_MEMORY;
    client->shared = {made.value().mapping.release(), geometry};
    remember_descriptor(client, made.value().fd.release());
    if (options->socket_path != nullptr &&
        std::strlen(options->socket_path) < sizeof client->socket_path) {
        std::strcpy(client->socket_path, options->socket_path);
    }
    segment::Header& h = header(client);
    h.text_used = 1;  // 0 means no text
    h.call_sites_used = 1;
    h.sets_used = 1;
    client->programs.reset(client->next_program, &h.programs_used, 1, segment::kMaxPrograms);
    start_tables(client);
    h.runtime = intern_or_none(client, options->runtime);
    h.package = intern_or_none(client, options->package);
    h.machine = intern_or_none(client, options->machine);
    publish(client);
    if (!enroll(client)) {
        plimsoll_detach(client);
        return PLIMSOLL_TABLE_FULL;
    }
    hand_over(client->socket_path, client->fd);
    *out = client;
    return PLIMSOLL_OK;
}

void plimsoll_detach(plimsoll_client* client) noexcept {
    if (client == nullptr) return;
    dismiss(client);
    if (writes_own_segment(client)) segment::store(header(client).detached, 1u);
    close_own_descriptor(client);
    ::munmap(&header(client), client->shared.geometry().total);
    ::munmap(client, client->private_bytes);
}

void plimsoll_exiting(plimsoll_client* client) noexcept {
    // A child that never reported anything needs no segment to say that it ends.
    if (client != nullptr && writes_own_segment(client)) {
        segment::store(header(client).exiting, 1u);
    }
}
