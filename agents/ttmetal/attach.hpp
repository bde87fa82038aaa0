#pragma once

#include <plimsoll/client.h>

#include <atomic>
#include <cstdint>

namespace plimsoll::ttmetal {

// The client's address, or a smaller number that says why there is none.
inline constexpr std::uintptr_t kNotYet = 0;
inline constexpr std::uintptr_t kAttaching = 1;
inline constexpr std::uintptr_t kOff = 2;
inline constinit std::atomic<std::uintptr_t> attachment{kNotYet};

// The client, after attaching if nobody has tried so far.
plimsoll_client* attach_once();

// The client of this process. The first call attaches, so call it only from inside a call of the
// runtime that matters: children inherit the preload, and one that never uses a device leaves no
// trace. Null: Plimsoll is off (PLIMSOLL_AGENT=off, or attaching failed, which was said once on
// stderr), and every seam only passes on.
//
// Environment:  PLIMSOLL_AGENT=off        do not attach
//               PLIMSOLL_SOCKET           collector to offer the segment to
//               PLIMSOLL_MACHINE          the machine's name, such as mock:t3k
//               PLIMSOLL_LIVE_CAPACITY    live allocations that can be listed
//               PLIMSOLL_RING_CAPACITY    events kept per thread, a power of two
// Threads:      any. While one attaches, others wait for it, for a tenth of a second at most and
//               once in the process's life; then they go on unobserved.
inline plimsoll_client* client() {
    const std::uintptr_t held = attachment.load(std::memory_order_acquire);
    return __builtin_expect(held > kOff, 1) ? reinterpret_cast<plimsoll_client*>(held)
                                            : attach_once();
}

// The same where it has attached already; never attaches.
plimsoll_client* client_if_attached();

// Interns a text that ends with 0.
plimsoll_text text(plimsoll_client* client, const char* bytes);

// The process ends in an orderly way: exit handlers run, or the Python interpreter finalizes.
bool process_is_ending();

// This process was forked from one that had attached already.
bool process_was_forked();

// One line on stderr, for what the user must know; never more than one in a process.
void say_once(const char* what, int error_number);

}  // namespace plimsoll::ttmetal
