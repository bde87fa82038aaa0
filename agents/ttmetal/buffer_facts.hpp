#pragma once

#include <cstdint>

#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// What a buffer of the runtime says of itself.
struct BufferFacts {
    std::uint64_t address;
    std::uint64_t bytes;  // on one chip
    std::uint64_t bytes_of_page;
    bool is_sharded;
    BufferType type;
    plimsoll_region region;
    const Device* device;  // to be believed only when it is a known device
    const Allocator* allocator;
};

// To be called inside the call that passed the buffer in. Read in place where the layout is known,
// else asked of the runtime's functions; see docs/decisions/0031.
BufferFacts facts_of(const Buffer* buffer);

// The same of one that is not allocated yet, which has neither an address nor pages.
BufferFacts facts_without_address(const Buffer* buffer);

// To be believed only when it is a known device.
const Device* device_of(const Buffer* buffer);

// What it takes in each bank of its device, as the allocator rounds it.
std::uint64_t bytes_per_bank(const Buffer* buffer, const BufferFacts& facts,
                             const DeviceFacts& device);

}  // namespace plimsoll::ttmetal
