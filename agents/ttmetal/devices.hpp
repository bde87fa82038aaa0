#pragma once

#include <plimsoll/client.h>

#include <atomic>

#include "agents/ttmetal/device_table.hpp"

namespace plimsoll::ttmetal {

// What is known of an open chip or mesh; registers it at first sight. False when `device` is
// neither (it may be any address) or cannot be registered: what concerns it is unattributed.
// Meshes are registered here and nowhere else: no release shows the opening of all of them.
bool find_device(plimsoll_client* client, const Device* device, DeviceFacts* facts);

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

// Whether any device of this process has closed so far: before that nothing can outlive one.
inline constinit std::atomic<bool> a_device_has_closed{false};

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
