#include "agents/ttmetal/verify.hpp"

#include <stdlib.h>

#include <atomic>

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/device_identity.hpp"
#include "agents/ttmetal/refusals.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit Next<void(Buffer*)> real_allocate{PLIMSOLL_BUFFER_ALLOCATE};
constinit Next<void(Buffer*)> real_deallocate{PLIMSOLL_BUFFER_DEALLOCATE};
constinit Next<void(BufferImpl*, Buffer*)> real_impl_allocate{PLIMSOLL_BUFFER_IMPL_ALLOCATE};
constinit Next<void(BufferImpl*, Buffer*)> real_impl_deallocate{PLIMSOLL_BUFFER_IMPL_DEALLOCATE};

// How many threads are inside an allocation or a free, and how many have entered one so far.
constinit std::atomic<std::uint32_t> inside{0};
constinit std::atomic<std::uint64_t> entered{0};
// A refused allocation leaves by an exception and so still counts as inside, until this thread
// enters the next one. Meanwhile other threads judge nothing.
constinit thread_local bool this_thread_inside = false;

void enter() {
    if (!this_thread_inside) inside.fetch_add(1);
    this_thread_inside = true;
    entered.fetch_add(1);
}

void leave() {
    if (!this_thread_inside) return;
    this_thread_inside = false;
    inside.fetch_sub(1);
}

bool read_wish() {
    const char* value = getenv("PLIMSOLL_VERIFY");
    const bool wanted = value != nullptr && value[0] == '1';
    verification_is_wanted.store(wanted, std::memory_order_relaxed);
    return wanted;
}

// One of the seams below. Every buffer comes through two of them, and unless someone wants to
// verify they only go on: so each leads where a word says, which is found out once.
template <auto& kReal, class... Arguments>
class Bracket {
  public:
    static void pass(Arguments... arguments) {
        leads_to.load(std::memory_order_relaxed)(arguments...);
    }

  private:
    using Function = void(Arguments...);

    [[gnu::cold]] static void find_out(Arguments... arguments) {
        Function* real = kReal ? kReal.get() : nowhere;
        leads_to.store(read_wish() ? around : real, std::memory_order_relaxed);
        pass(arguments...);
    }
    static void nowhere(Arguments...) {}
    static void around(Arguments... arguments) {
        if (!kReal) return;
        enter();
        kReal(arguments...);
        leave();
    }

    static inline constinit std::atomic<Function*> leads_to{find_out};
};

}  // namespace

constinit std::atomic<bool> verification_is_wanted{false};

[[gnu::cold, gnu::noinline]] void verify(plimsoll_client* client, const Buffer* key) {
    const BufferFacts buffer = facts_of(key);
    DeviceFacts device;
    if (!find_known_device(buffer.device, &device)) return;
    if (device.set == 0 || buffer.type == BufferType::system) return;
    // A child's allocator still holds what its parent allocated; its books never did.
    if (process_was_forked()) return;
    // A sub-device's allocator shares the region with the device's.
    if (buffer.allocator != device.allocator) return;
    const std::uint64_t before = entered.load();
    if (!this_thread_inside || inside.load() != 1) return;
    const std::uint64_t truth =
        statistics(device.allocator, buffer.type).allocated * device.banks[buffer.region];
    const std::uint64_t tracked = plimsoll_occupied(client, device.set, buffer.region);
    if (inside.load() != 1 || entered.load() != before) return;
    plimsoll_verified(client, device.set, buffer.region,
                      static_cast<std::int64_t>(tracked - truth));
}

PLIMSOLL_SEAM void allocate_buffer(Buffer* buffer) __asm__(PLIMSOLL_BUFFER_ALLOCATE);
PLIMSOLL_SEAM void deallocate_buffer(Buffer* buffer) __asm__(PLIMSOLL_BUFFER_DEALLOCATE);
PLIMSOLL_SEAM void allocate_buffer_impl(BufferImpl* impl,
                                        Buffer* buffer) __asm__(PLIMSOLL_BUFFER_IMPL_ALLOCATE);
PLIMSOLL_SEAM void deallocate_buffer_impl(BufferImpl* impl,
                                          Buffer* buffer) __asm__(PLIMSOLL_BUFFER_IMPL_DEALLOCATE);

void allocate_buffer(Buffer* buffer) {
    expect_allocation(buffer);
    Bracket<real_allocate, Buffer*>::pass(buffer);
}

void deallocate_buffer(Buffer* buffer) { Bracket<real_deallocate, Buffer*>::pass(buffer); }

void allocate_buffer_impl(BufferImpl* impl, Buffer* buffer) {
    expect_allocation(buffer);
    Bracket<real_impl_allocate, BufferImpl*, Buffer*>::pass(impl, buffer);
}

void deallocate_buffer_impl(BufferImpl* impl, Buffer* buffer) {
    Bracket<real_impl_deallocate, BufferImpl*, Buffer*>::pass(impl, buffer);
}

}  // namespace plimsoll::ttmetal
