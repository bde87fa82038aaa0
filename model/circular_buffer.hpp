#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "model/buffer.hpp"

namespace plimsoll::model {

struct CircularBufferConfig {
    DeviceAddr total_size = 0;  // per core, shared by all of its indices
    struct Index {
        std::uint32_t index;
        DeviceAddr page_size;
    };
    std::vector<Index> indices;                  // more than one: aliases of the same memory
    const Buffer* globally_allocated = nullptr;  // lies in this buffer, which must outlive it
    DeviceAddr address_offset = 0;               // from there
};

// One that a program has on a set of cores, at the same address on all of them.
class CircularBuffer {
  public:
    // Throws RuntimeError for what the runtime refuses.
    CircularBuffer(const CoreRangeSet& cores, CircularBufferConfig config);

    [[nodiscard]] const CoreRangeSet& core_ranges() const { return cores_; }
    [[nodiscard]] const CircularBufferConfig& config() const { return config_; }
    [[nodiscard]] DeviceAddr size() const { return config_.total_size; }
    [[nodiscard]] CircularBufferMemory memory() const {
        return config_.globally_allocated == nullptr ? CircularBufferMemory::local
                                                     : CircularBufferMemory::globally_allocated;
    }
    // Of a local one: nothing until it is placed.
    [[nodiscard]] std::optional<DeviceAddr> address() const;

    void set_address(DeviceAddr address) { address_ = address; }
    void set_total_size(DeviceAddr size);

  private:
    CoreRangeSet cores_;
    CircularBufferConfig config_;
    std::optional<DeviceAddr> address_;
};

// What the circular buffers of a program take on one of its ranges of cores.
struct CircularBufferAllocator {
    CoreRange core_range;
    std::vector<std::pair<DeviceAddr, DeviceAddr>> l1_regions;  // begin and end, ascending

    [[nodiscard]] DeviceAddr get_cb_region_end() const {
        return l1_regions.empty() ? 0 : l1_regions.back().second;
    }
    // Throws RuntimeError for an address below the end of the last region.
    void mark_address(DeviceAddr address, DeviceAddr size, DeviceAddr base);
};

}  // namespace plimsoll::model
