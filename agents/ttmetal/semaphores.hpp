#pragma once

#include <atomic>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

// Global semaphores. Each is a buffer with a page of one word per core: the first one that the
// function allocates which sets it up. A program's own semaphores lie in memory that is reserved
// for kernels.
namespace plimsoll::ttmetal {

// Whether any thread is about to allocate one; of the others nothing more is asked.
inline constinit std::atomic<std::uint32_t> semaphores_expected{0};

// Whether this buffer, the next one of this thread, is the semaphore that it expects.
bool is_expected_semaphore(const Buffer* buffer, BufferType type);

}  // namespace plimsoll::ttmetal
