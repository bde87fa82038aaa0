#pragma once

#include <atomic>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

// Global semaphores. Each is a buffer with a page of one word per core: the first one that the
// function allocates which sets it up. A program's own semaphores lie in memory that is reserved
// for kernels.
namespace plimsoll::ttmetal {

// How many threads are about to allocate one; while none is, nothing more is asked.
inline constinit std::atomic<std::uint32_t> semaphores_expected{0};

inline bool can_hold_semaphores(BufferType type) {
    return type == BufferType::l1 || type == BufferType::l1_small;
}
inline bool may_be_semaphore(BufferType type) {
    return can_hold_semaphores(type) && semaphores_expected.load(std::memory_order_relaxed) != 0;
}

// Whether this buffer, the next one of this thread that may be, is the semaphore that it expects.
bool is_expected_semaphore(const Buffer* buffer);

}  // namespace plimsoll::ttmetal
