#include "model/believing_tracker.hpp"

namespace plimsoll::model {

void BelievingTracker::add(Key key, Entry entry) {
    entries_.insert_or_assign(key, entry);
    ++active_;
}

void BelievingTracker::track_allocate(const Buffer& buffer) {
    add({buffer.device()->id(), buffer.address()},
        {buffer.size(), buffer.buffer_type(), Entry::What::buffer});
}

void BelievingTracker::track_deallocate(const Buffer& buffer) {
    active_ -= entries_.erase({buffer.device()->id(), buffer.address()});
}

void BelievingTracker::track_allocate_cb(const CoreRangeSet& /*cores*/, DeviceAddr address,
                                         DeviceAddr size, CircularBufferMemory memory,
                                         const IDevice* device) {
    if (memory == CircularBufferMemory::globally_allocated) return;
    add({device->id(), address}, {size, BufferType::L1, Entry::What::circular_buffer});
}

void BelievingTracker::track_deallocate_cb(const IDevice* device) {
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const bool gone = entry->first.first == device->id() &&
                          entry->second.what == Entry::What::circular_buffer;
        active_ -= gone ? 1 : 0;
        entry = gone ? entries_.erase(entry) : std::next(entry);
    }
}

}  // namespace plimsoll::model
