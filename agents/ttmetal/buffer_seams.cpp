#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/mesh_destruction.hpp"
#include "agents/ttmetal/pointer_map.hpp"
#include "agents/ttmetal/refusals.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"
#include "agents/ttmetal/semaphores.hpp"
#include "agents/ttmetal/survivors.hpp"
#include "agents/ttmetal/verify.hpp"

// Buffers. The runtime reports each one that owns memory once, also when it stands for the same
// range on every chip of a mesh; views and buffers of size 0 are silent. It reports the free before
// it happens, and none at all for a buffer that outlives its mesh: of that one only the destructor
// tells, and where it runs tells who had kept it.
namespace plimsoll::ttmetal {
namespace {

constinit Next<void(GraphTracker*, const Buffer*)> real_track_allocate{PLIMSOLL_TRACK_ALLOCATE};
constinit Next<void(GraphTracker*, Buffer*)> real_track_deallocate{PLIMSOLL_TRACK_DEALLOCATE};
constinit Next<void(Buffer*)> real_destroy_buffer{PLIMSOLL_DESTROY_BUFFER};

// About 0.7 million live buffers; 16 MiB of address space, touched as it fills.
PointerMap<262144> allocations;

// Only simulated: in a graph capture without dispatch nothing is allocated.
bool is_simulated(const BufferFacts& buffer) { return buffer.address == 0; }

std::uint32_t banks_of(const BufferFacts& buffer, const DeviceFacts& device) {
    if (buffer.type == BufferType::system) return 1;
    // A sub-device has an allocator of its own.
    const bool is_usual = buffer.allocator == device.allocator || buffer.allocator == nullptr;
    if (__builtin_expect(!is_usual, 0) && runtime::allocator_banks) {
        return runtime::allocator_banks(buffer.allocator, buffer.type);
    }
    return device.banks[buffer.region];
}

std::uint8_t kind_of(const Buffer* key, BufferType type) {
    if (type == BufferType::dram) return PLIMSOLL_BUFFER;
    if (type == BufferType::trace) return PLIMSOLL_TRACE;
    return may_be_semaphore(type) && is_expected_semaphore(key) ? PLIMSOLL_SEMAPHORE
                                                                : PLIMSOLL_BUFFER;
}

[[gnu::cold, gnu::noinline]] void report_lost_track(plimsoll_client* to) {
    plimsoll_cover(to, PLIMSOLL_BUFFER, PLIMSOLL_AT_LEAST,
                   text(to, "more buffers were alive than the agent can follow"));
}

// Not inlined: what it calls is not what the seam must end in. What it calls is inlined, down to
// the client's table: the arguments are known here, and an event costs by the length of its code.
[[gnu::noinline, gnu::flatten]] void report_allocation(plimsoll_client* to, const Buffer* key) {
    const BufferFacts buffer = facts_of(key);
    if (is_simulated(buffer)) return;
    const DeviceFacts& device = device_facts(to, buffer.device);
    const plimsoll_location location = call_site(to);
    const std::uint32_t banks = banks_of(buffer, device);
    const std::uint64_t size = bytes_per_bank(key, buffer, device);

    // Filled in at once, after all calls: so the compiler hands most of it on in registers.
    plimsoll_allocation allocation{};
    allocation.size = sizeof allocation;
    allocation.region = static_cast<std::uint8_t>(buffer.region);
    allocation.kind = kind_of(key, buffer.type);
    allocation.owner = PLIMSOLL_USER;
    allocation.reported = 1;
    allocation.devices = device.set;
    allocation.location = location;
    allocation.banks = banks;
    allocation.address = buffer.address;
    allocation.bytes = buffer.bytes;
    allocation.bytes_per_bank = size;

    plimsoll_id id = 0;
    plimsoll_allocate(to, &allocation, &id);
    if (id != 0 && !allocations.put(key, id)) report_lost_track(to);
    if (verification_is_wanted.load(std::memory_order_relaxed)) verify(to, key);
}

[[gnu::cold, gnu::noinline]] void report_unmatched(plimsoll_client* to, const Buffer* key) {
    // A child frees what its parent allocated: its own books never had it.
    if (!process_was_forked() && !is_simulated(facts_of(key))) plimsoll_unmatched_free(to);
}

void report_free(plimsoll_client* to, const Buffer* key) {
    const plimsoll_id id = allocations.take(key);
    if (__builtin_expect(id == 0, 0)) return report_unmatched(to, key);
    if (verification_is_wanted.load(std::memory_order_relaxed)) verify(to, key);
    plimsoll_free(to, id);
}

}  // namespace

PLIMSOLL_SEAM void track_allocate(GraphTracker* tracker,
                                  const Buffer* buffer) __asm__(PLIMSOLL_TRACK_ALLOCATE);
PLIMSOLL_SEAM void track_deallocate(GraphTracker* tracker,
                                    Buffer* buffer) __asm__(PLIMSOLL_TRACK_DEALLOCATE);
PLIMSOLL_SEAM void destroy_buffer(Buffer* buffer) __asm__(PLIMSOLL_DESTROY_BUFFER);

void track_allocate(GraphTracker* tracker, const Buffer* buffer) {
    pending.buffer = nullptr;  // it was not refused
    if (plimsoll_client* to = client()) report_allocation(to, buffer);
    if (auto* real = real_track_allocate.get()) real(tracker, buffer);
}

void track_deallocate(GraphTracker* tracker, Buffer* buffer) {
    // Before the real call: after it the address may be another buffer's.
    if (plimsoll_client* to = client()) report_free(to, buffer);
    if (auto* real = real_track_deallocate.get()) real(tracker, buffer);
}

namespace {

void destroy_nothing(Buffer*) {}
void destroy_after_a_close(Buffer* buffer);
[[gnu::cold]] void find_out_and_destroy(Buffer* buffer);

// On a mesh one buffer dies for each chip, most of them before any device has closed; nothing has
// to be known of it then.
constinit std::atomic<void (*)(Buffer*)> destruction_leads_to{find_out_and_destroy};

void find_out_and_destroy(Buffer* buffer) {
    auto* real = real_destroy_buffer ? real_destroy_buffer.get() : destroy_nothing;
    auto* expected = find_out_and_destroy;  // unless a device has closed already
    destruction_leads_to.compare_exchange_strong(expected, real);
    destroy_buffer(buffer);
}

void destroy_after_a_close(Buffer* buffer) {
    if (!real_destroy_buffer) return;
    plimsoll_client* to = client();
    const plimsoll_id id = to != nullptr && plimsoll_waiting(to) != 0 ? allocations.get(buffer) : 0;
    if (id == 0) return real_destroy_buffer(buffer);  // those that own no memory were never known
    // Nothing may be asked of it any more: its mesh and allocator may be gone.
    real_destroy_buffer(buffer);
    if (allocations.take(buffer) == 0) return;  // its destructor has reported a free
    const bool of_mesh = mesh_destructions > 0;
    plimsoll_object_gone(to, id, of_mesh ? PLIMSOLL_HELD_BY_DEVICE : PLIMSOLL_HELD_BY_USER);
}

}  // namespace

void destroy_buffer(Buffer* buffer) {
    destruction_leads_to.load(std::memory_order_relaxed)(buffer);
}

void watch_for_survivors() { destruction_leads_to.store(destroy_after_a_close); }

}  // namespace plimsoll::ttmetal
