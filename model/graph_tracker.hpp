#pragma once

#include <map>
#include <vector>

#include "model/architecture.hpp"
#include "model/core_range.hpp"

namespace plimsoll::model {

class Buffer;
class IDevice;

// Where a circular buffer lies: in memory of its program's own, or in a buffer.
enum class CircularBufferMemory : std::uint8_t { local, globally_allocated };

// Whoever follows what the runtime reports. A device is only a key: it may be closed.
class IGraphProcessor {
  public:
    virtual ~IGraphProcessor() = default;
    virtual void track_allocate(const Buffer&) {}
    virtual void track_deallocate(const Buffer&) {}  // before it happens
    // `size`: per core.
    virtual void track_allocate_cb(const CoreRangeSet&, DeviceAddr /*address*/, DeviceAddr /*size*/,
                                   CircularBufferMemory, const IDevice*) {}
    // All memory of programs on the device is free; of which program is not said.
    virtual void track_deallocate_cb(const IDevice*) {}
};

// Passes on what the runtime reports, to its processors in the order in which they came. Asked to
// sweep, it also keeps what it heard of circular buffers, and reports those of a device freed when
// the device closes, whatever their programs do.
class GraphTracker {
  public:
    enum class Sweep : std::uint8_t { never, at_device_close };
    struct CircularBuffer {
        CoreRangeSet cores;
        DeviceAddr address, size;
    };

    // Borrowed, until it is popped.
    void push_processor(IGraphProcessor* processor) { processors_.push_back(processor); }
    void pop_processor() { processors_.pop_back(); }
    void set_sweep(Sweep sweep) { sweep_ = sweep; }

    void track_allocate(const Buffer& buffer);
    void track_deallocate(const Buffer& buffer);
    void track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                           CircularBufferMemory memory, const IDevice* device);
    void track_deallocate_cb(const IDevice* device);

    void device_closes(const IDevice* device);
    // Reported allocated on the device and not freed, as far as reports go.
    [[nodiscard]] std::size_t open_circular_buffers(const IDevice* device) const;

  private:
    std::vector<IGraphProcessor*> processors_;
    Sweep sweep_ = Sweep::never;
    std::map<const IDevice*, std::vector<CircularBuffer>> circular_buffers_;
};

}  // namespace plimsoll::model
