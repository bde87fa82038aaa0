#pragma once

#include <map>
#include <utility>

#include "model/buffer.hpp"

namespace plimsoll::model {

// A tracker that believes the runtime, as earlier ones did: what was reported allocated and not
// reported freed is there. It takes a device's number for a chip's, an address for an identity, and
// what a circular buffer takes of one core for all of it.
class BelievingTracker : public IGraphProcessor {
  public:
    struct Entry {
        DeviceAddr size;
        BufferType type;
        enum class What : std::uint8_t { buffer, circular_buffer } what;
    };
    using Key = std::pair<int, DeviceAddr>;  // device, address

    void track_allocate(const Buffer& buffer) override;
    void track_deallocate(const Buffer& buffer) override;
    void track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                           CircularBufferMemory memory, const IDevice* device) override;
    void track_deallocate_cb(const IDevice* device) override;

    // What it holds for allocated.
    [[nodiscard]] const std::map<Key, Entry>& entries() const { return entries_; }
    // Allocations that were reported and not freed, also where they had a key in common.
    [[nodiscard]] std::uint64_t active_allocations() const { return active_; }

  private:
    void add(Key key, Entry entry);

    std::map<Key, Entry> entries_;
    std::uint64_t active_ = 0;
};

}  // namespace plimsoll::model
