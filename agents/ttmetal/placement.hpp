#pragma once

#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// Tells the dataflow buffers of one program that take memory of their own from those that do not:
// one that borrows lies in a tensor's buffer, an alias lies exactly on another dataflow buffer of
// the same cores. Nothing exported says which is which; where they lie does. The runtime packs the
// others upward from the start of L1, one directly after the other, below all buffers; a layout
// that runs into the buffers (and is about to be refused) is still packed that way.
class Placement {
  public:
    Placement(std::uint64_t alignment, OptionalAddress lowest_buffer)
        : alignment_(alignment), lowest_buffer_(lowest_buffer) {}

    // To be asked in the order in which the runtime laid them out.
    bool is_new_memory(std::uint64_t address, std::uint64_t bytes, const CoreRangeSet& cores) {
        if (address == 0) return false;  // not laid out
        if (lowest_buffer_.has_value != 0 && address >= lowest_buffer_.value && address > next()) {
            return false;
        }
        for (std::size_t i = 0; i < count_; ++i) {
            if (placed_[i].address == address && placed_[i].cores == key(cores)) return false;
        }
        if (count_ < kMaxPlaced) placed_[count_++] = {address, key(cores)};
        if (end_ < address + bytes) end_ = address + bytes;
        return true;
    }

  private:
    static constexpr std::size_t kMaxPlaced = 128;  // a core has 64

    struct Placed {
        std::uint64_t address;
        std::uint64_t cores;
    };

    [[nodiscard]] std::uint64_t next() const {
        return (end_ + alignment_ - 1) / alignment_ * alignment_;
    }

    static std::uint64_t key(const CoreRangeSet& cores) {
        std::uint64_t hash = 0xcbf29ce484222325u;
        for (const CoreRange& range : cores) {
            for (const std::uint64_t corner : {range.x0, range.y0, range.x1, range.y1}) {
                hash = (hash ^ corner) * 0x100000001b3u;
            }
        }
        return hash;
    }

    std::uint64_t alignment_;
    OptionalAddress lowest_buffer_;
    std::uint64_t end_ = 0;  // of what was placed so far
    std::size_t count_ = 0;
    Placed placed_[kMaxPlaced] = {};
};

}  // namespace plimsoll::ttmetal
