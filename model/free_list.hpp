#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "model/architecture.hpp"

namespace plimsoll::model {

// Of one bank.
struct Statistics {
    DeviceAddr total_allocatable_size_bytes = 0;
    DeviceAddr total_allocated_bytes = 0;
    DeviceAddr total_free_bytes = 0;
    DeviceAddr largest_free_block_bytes = 0;
};

enum class Direction : std::uint8_t { bottom_up, top_down };

// The runtime's FreeListOpt, by what it does: address-ordered first fit from either end, and free
// neighbours join at once, so that the free blocks follow from the live ones alone. The runtime
// sorts its free blocks by size into classes first, which finds the same block sooner.
//
// Addresses: absolute ones of [base, base + size).
class FreeList {
  public:
    FreeList(DeviceAddr base, DeviceAddr size, DeviceAddr unit);

    // Takes `size`, rounded up to whole units and at least one. Nothing: no free block is that big.
    std::optional<DeviceAddr> allocate(DeviceAddr size, Direction direction);
    // Takes the same just there, where all of it is free.
    void allocate_at(DeviceAddr address, DeviceAddr size);
    // Nothing that is allocated from now on reaches into it; whatever lies there already.
    void exclude(DeviceAddr address, DeviceAddr size);
    // An address where no block begins is ignored, as the runtime does.
    void deallocate(DeviceAddr address);

    [[nodiscard]] Statistics statistics() const;
    [[nodiscard]] std::optional<DeviceAddr> lowest_occupied() const;
    // Address and size of each.
    using Blocks = std::map<DeviceAddr, DeviceAddr>;
    [[nodiscard]] const Blocks& allocated() const { return allocated_; }
    [[nodiscard]] const Blocks& free_blocks() const { return free_; }

  private:
    [[nodiscard]] DeviceAddr in_units(DeviceAddr size) const;
    DeviceAddr take(Blocks::iterator block, DeviceAddr size, Direction direction);

    DeviceAddr size_;
    DeviceAddr unit_;
    DeviceAddr allocated_bytes_ = 0;
    Blocks free_;
    Blocks allocated_;
};

constexpr DeviceAddr align_up(DeviceAddr bytes, DeviceAddr unit) {
    return (bytes + unit - 1) / unit * unit;
}

}  // namespace plimsoll::model
