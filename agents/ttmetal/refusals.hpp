#pragma once

#include <plimsoll/client.h>

#include <cstddef>

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/runtime.hpp"

// What the runtime refuses. It throws an error whose text has the figures but neither owner nor op;
// what the thread was about to allocate is noted on the way in, and read again when it throws.
namespace plimsoll::ttmetal {

// What this thread was asked for last. Both stay until the next one, or until they were refused:
// looked at only when an error is thrown that says that they were.
struct Pending {
    const Buffer* buffer;        // on its way to the allocator
    const ProgramImpl* program;  // whose layout is being compared with the buffers in L1
    const Device* device;        // of that program
};
[[gnu::tls_model("initial-exec")]] extern constinit thread_local Pending pending;

[[gnu::cold, gnu::noinline]] inline void expect_another_device(const Device* device) {
    if (plimsoll_client* to = client()) device_facts(to, device);
}

// The buffer is about to be placed. Registers its device, unless it is the one that this thread
// asked for last: when it is refused nobody may ask the runtime anything, which then holds its
// allocator's lock.
inline void expect_allocation(const Buffer* buffer) {
    pending.buffer = buffer;
    const Device* device = device_of(buffer);
    if (!is_last_device(device)) expect_another_device(device);
}

inline void expect_validation(const ProgramImpl* program, const Device* device) {
    pending.program = program;
    pending.device = device;
}

// An error with this text is thrown by this thread. Reports it when it is a refusal of what is
// pending: the same text thrown anew, by whoever caught it, is not another one.
void report_refusal(plimsoll_client* client, const char* text, std::size_t length);

}  // namespace plimsoll::ttmetal
