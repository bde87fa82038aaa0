#pragma once

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

enum class DeviceKind { none, chip, mesh };

// By the object's vtable, since a chip and a mesh reach the seams as one abstract IDevice. Any
// address may be asked for.
DeviceKind device_kind(const Device* device);

// The runtime's own number of an open device. Chips and meshes are numbered apart.
int device_number(const Device* device);

// Such as "wormhole_b0"; null when unknown.
const char* arch_name(const Device* chip);

// The allocator that serves an open device; null when this release does not show it.
const Allocator* allocator_of(const Device* device);

// Where the lowest buffer in the L1 of a mesh begins: program memory lies below it.
OptionalAddress lowest_l1_address(const Device* mesh);

Statistics statistics(const Allocator* allocator, BufferType type);

}  // namespace plimsoll::ttmetal
