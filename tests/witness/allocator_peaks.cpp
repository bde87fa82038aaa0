#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <atomic>

#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/device_identity.hpp"
#include "agents/ttmetal/seam_names.hpp"
#include "agents/ttmetal/symbol.hpp"

// A witness beside the agent, that asks nobody but the runtime: to be preloaded after it. After
// each allocation it asks the allocator for its statistics, and keeps in the file that
// $ALLOCATOR_PEAKS names the highest so far: a 64-bit number of bytes on one chip for each
// BufferType, at its place.
namespace plimsoll::ttmetal {
namespace {

constinit Next<void(Buffer*)> real_allocate{PLIMSOLL_BUFFER_ALLOCATE};
constinit Next<void(BufferImpl*, Buffer*)> real_impl_allocate{PLIMSOLL_BUFFER_IMPL_ALLOCATE};

constexpr std::size_t kTypes = 5;
constinit std::atomic<std::uint64_t> highest[kTypes];

int file() {
    static const char* path = getenv("ALLOCATOR_PEAKS");
    static const int opened =
        path == nullptr ? -1 : open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0644);
    return opened;
}

void look(const Buffer* buffer) {
    const BufferFacts facts = facts_of(buffer);
    const auto type = static_cast<std::size_t>(facts.type);
    if (type >= kTypes || facts.allocator == nullptr) return;
    const std::uint64_t banks = runtime::allocator_banks(facts.allocator, facts.type);
    const std::uint64_t bytes = statistics(facts.allocator, facts.type).allocated * banks;
    std::uint64_t before = highest[type].load();
    while (bytes > before && !highest[type].compare_exchange_weak(before, bytes)) {
    }
    if (bytes <= before) return;
    const auto at = static_cast<off_t>(type * sizeof bytes);
    if (pwrite(file(), &bytes, sizeof bytes, at) != sizeof bytes) abort();
}

}  // namespace

[[gnu::visibility("default")]] void allocate_buffer(Buffer* buffer) __asm__(
    PLIMSOLL_BUFFER_ALLOCATE);
[[gnu::visibility("default")]] void allocate_buffer_impl(BufferImpl* impl, Buffer* buffer) __asm__(
    PLIMSOLL_BUFFER_IMPL_ALLOCATE);

void allocate_buffer(Buffer* buffer) {
    real_allocate(buffer);
    look(buffer);
}

void allocate_buffer_impl(BufferImpl* impl, Buffer* buffer) {
    real_impl_allocate(impl, buffer);
    look(buffer);
}

}  // namespace plimsoll::ttmetal
