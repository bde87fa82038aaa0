#pragma once

#include <plimsoll/client.h>

#include <atomic>

#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/devices.hpp"

namespace plimsoll::ttmetal {

// PLIMSOLL_VERIFY=1: after each allocation and before each free, what Plimsoll counts for the
// device and region is compared with the allocator's own figure. Judged only while no other thread
// is between the allocator and its report, so a difference is always one in the books.
extern constinit std::atomic<bool> verification_is_wanted;

// Both to be called when it is wanted, while the runtime is inside the buffer's own allocation or
// free.
void verify(plimsoll_client* client, const DeviceFacts& device, const BufferFacts& buffer);
void verify_before_free(plimsoll_client* client, const Buffer* buffer);

}  // namespace plimsoll::ttmetal
