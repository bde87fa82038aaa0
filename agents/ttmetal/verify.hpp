#pragma once

#include <plimsoll/client.h>

#include <atomic>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// PLIMSOLL_VERIFY=1: after each allocation and before each free, what Plimsoll counts for the
// device and region is compared with the allocator's own figure. Judged only while no other thread
// is between the allocator and its report, so a difference is always one in the books.
extern constinit std::atomic<bool> verification_is_wanted;

// To be called when it is wanted, while the runtime is inside the buffer's own allocation or free,
// and its device is known.
void verify(plimsoll_client* client, const Buffer* key);

}  // namespace plimsoll::ttmetal
