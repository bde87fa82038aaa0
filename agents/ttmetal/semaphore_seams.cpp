#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"
#include "agents/ttmetal/semaphores.hpp"

namespace plimsoll::ttmetal {
namespace {

constexpr std::uint64_t kBytesOfPage = 4;

constinit Next<void(void*, std::uint32_t, BufferType)> real_setup{PLIMSOLL_SETUP_SEMAPHORE};
// std::optional<std::uint32_t> and std::optional<std::uint64_t> come in one and in two registers.
using SetupAt = void(void*, std::uint64_t, BufferType, std::uint64_t, std::uint64_t);
constinit Next<SetupAt> real_setup_at{PLIMSOLL_SETUP_SEMAPHORE_AT};
constinit Next<SetupAt> real_setup_impl{PLIMSOLL_SETUP_SEMAPHORE_IMPL};

constinit thread_local bool this_thread_expects = false;

// What the runtime refuses stays expected until this thread's next buffer in L1, which then has no
// page of one word.
void expect(BufferType type) {
    if (!can_hold_semaphores(type) || this_thread_expects) return;
    this_thread_expects = true;
    semaphores_expected.fetch_add(1, std::memory_order_relaxed);
}

}  // namespace

[[gnu::cold, gnu::noinline]] bool is_expected_semaphore(const Buffer* buffer) {
    if (!this_thread_expects) return false;
    this_thread_expects = false;
    semaphores_expected.fetch_sub(1, std::memory_order_relaxed);
    return runtime::buffer_page_size && runtime::buffer_page_size(buffer) == kBytesOfPage;
}

PLIMSOLL_SEAM void setup_semaphore(void* semaphore, std::uint32_t initial,
                                   BufferType type) __asm__(PLIMSOLL_SETUP_SEMAPHORE);
PLIMSOLL_SEAM void setup_semaphore_at(
    void* semaphore, std::uint64_t initial, BufferType type, std::uint64_t address,
    std::uint64_t has_address) __asm__(PLIMSOLL_SETUP_SEMAPHORE_AT);
PLIMSOLL_SEAM void setup_semaphore_impl(
    void* semaphore, std::uint64_t initial, BufferType type, std::uint64_t address,
    std::uint64_t has_address) __asm__(PLIMSOLL_SETUP_SEMAPHORE_IMPL);

void setup_semaphore(void* semaphore, std::uint32_t initial, BufferType type) {
    expect(type);
    if (real_setup) real_setup(semaphore, initial, type);
}

void setup_semaphore_at(void* semaphore, std::uint64_t initial, BufferType type,
                        std::uint64_t address, std::uint64_t has_address) {
    expect(type);
    if (real_setup_at) real_setup_at(semaphore, initial, type, address, has_address);
}

void setup_semaphore_impl(void* semaphore, std::uint64_t initial, BufferType type,
                          std::uint64_t address, std::uint64_t has_address) {
    expect(type);
    if (real_setup_impl) real_setup_impl(semaphore, initial, type, address, has_address);
}

}  // namespace plimsoll::ttmetal
