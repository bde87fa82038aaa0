#include "model/graph_tracker.hpp"

namespace plimsoll::model {

void GraphTracker::track_allocate(const Buffer& buffer) {
    for (IGraphProcessor* processor : processors_) processor->track_allocate(buffer);
}

void GraphTracker::track_deallocate(const Buffer& buffer) {
    for (IGraphProcessor* processor : processors_) processor->track_deallocate(buffer);
}

void GraphTracker::track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                                     CircularBufferMemory memory, const IDevice* device) {
    if (memory == CircularBufferMemory::local && sweep_ != Sweep::never) {
        circular_buffers_[device].push_back({cores, address, size});
    }
    for (IGraphProcessor* processor : processors_) {
        processor->track_allocate_cb(cores, address, size, memory, device);
    }
}

void GraphTracker::track_deallocate_cb(const IDevice* device) {
    circular_buffers_.erase(device);
    for (IGraphProcessor* processor : processors_) processor->track_deallocate_cb(device);
}

void GraphTracker::device_closes(const IDevice* device) {
    if (circular_buffers_.count(device) != 0) track_deallocate_cb(device);
}

std::size_t GraphTracker::open_circular_buffers(const IDevice* device) const {
    const auto found = circular_buffers_.find(device);
    return found == circular_buffers_.end() ? 0 : found->second.size();
}

}  // namespace plimsoll::model
