#pragma once

#include <plimsoll/client.h>

#include <atomic>

#include "agents/ttmetal/device_table.hpp"

namespace plimsoll::ttmetal {

// How many devices of this process have closed, or were begun anew, so far.
inline constinit std::atomic<std::uint32_t> devices_closed{0};

// The device that a thread asked for last.
struct LastDevice {
    const Device* device;
    std::uint32_t closed;  // devices that had been, when it was found
    DeviceFacts facts;
};
[[gnu::tls_model("initial-exec")]] extern constinit thread_local LastDevice last_device;

// Makes `device` the last one, with nothing known of it when it is no open device.
void find_last_device(plimsoll_client* client, const Device* device);

inline bool is_last_device(const Device* device) {
    return last_device.device == device &&
           last_device.closed == devices_closed.load(std::memory_order_acquire);
}

// What is known of an open chip or mesh; registers it at first sight. Nothing (set 0) when `device`
// is neither (it may be any address) or cannot be registered: what concerns it is unattributed.
// Good until this thread asks for another one. Meshes are registered here and nowhere else: no
// release shows the opening of all of them.
inline const DeviceFacts& device_facts(plimsoll_client* client, const Device* device) {
    if (__builtin_expect(!is_last_device(device), 0)) find_last_device(client, device);
    return last_device.facts;
}

// The same for every chip of a mesh that the runtime has just made.
void open_chips(plimsoll_client* client, const MeshImpl* mesh);

// The runtime is about to initialize the chip; the same object may be initialized again without
// having been closed.
void forget_device(const Device* device);

// The same for one that is known already; false for any other. Asks the runtime nothing, so it may
// be called about a device that is closing.
bool find_known_device(const Device* device, DeviceFacts* facts);

// To be called before the runtime's own close: what is allocated on the device is judged, and its
// address means nothing any more. A device that was never seen is not one that anything was
// allocated on. Should the runtime refuse to close it, the next use is an opening like any other.
void close_device(plimsoll_client* client, const Device* device, plimsoll_close_manner manner);

// The region of each of the runtime's types of buffers.
constexpr plimsoll_region region_of(BufferType type) {
    switch (type) {
        case BufferType::dram:
            return PLIMSOLL_DRAM;
        case BufferType::l1:
            return PLIMSOLL_L1;
        case BufferType::l1_small:
            return PLIMSOLL_L1_SMALL;
        case BufferType::trace:
            return PLIMSOLL_TRACE_REGION;
        case BufferType::system:
            break;
    }
    return PLIMSOLL_SYSTEM;
}

}  // namespace plimsoll::ttmetal
