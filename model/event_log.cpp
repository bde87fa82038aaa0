#include "model/event_log.hpp"

#include <fmt/format.h>

namespace plimsoll::model {
namespace {

std::string text(const IDevice* device) {
    return fmt::format("{}:{}", device->kind() == IDevice::Kind::mesh ? "mesh" : "chip",
                       device->id());
}

}  // namespace

void EventLog::track_allocate(const Buffer& buffer) {
    lines_.push_back(fmt::format("allocate {} {} {} {} {}", name(buffer.buffer_type()),
                                 buffer.address(), buffer.size(), buffer.aligned_size_per_bank(),
                                 text(buffer.device())));
}

void EventLog::track_deallocate(const Buffer& buffer) {
    lines_.push_back(fmt::format("deallocate {} {} {}", name(buffer.buffer_type()),
                                 buffer.address(), text(buffer.device())));
}

void EventLog::track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address, DeviceAddr size,
                                 CircularBufferMemory memory, const IDevice* device) {
    const bool local = memory == CircularBufferMemory::local;
    lines_.push_back(fmt::format("allocate_{} {} {} {} {}", local ? "cb" : "global_cb", address,
                                 size, cores.num_cores(), text(device)));
}

void EventLog::track_deallocate_cb(const IDevice* device) {
    lines_.push_back(fmt::format("deallocate_cb {}", text(device)));
}

}  // namespace plimsoll::model
