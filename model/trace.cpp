#include <csignal>

#include "model/error.hpp"
#include "model/mesh_device.hpp"

namespace plimsoll::model {
namespace {

constexpr DeviceAddr kPageSize = 2048;

}  // namespace

TraceId MeshDevice::begin_trace_capture() {
    if (context_.has(Defect::capture_crashes)) {
        std::signal(SIGSEGV, SIG_DFL);  // nobody's handler makes an exit of it
        std::raise(SIGSEGV);
    }
    return next_trace_++;
}

void MeshDevice::end_trace_capture(TraceId trace, DeviceAddr size) {
    // Without a region of its own a trace lies in DRAM, away from what is allocated bottom up.
    BufferConfig config{.size = align_up(size, kPageSize),
                        .page_size = kPageSize,
                        .type = BufferType::DRAM,
                        .direction = Direction::top_down};
    const AllocatorConfig& memory = allocator().config();
    if (memory.trace_region_size != 0) {
        config.type = BufferType::TRACE;
        config.direction = Direction::bottom_up;
        DeviceAddr all = config.size;
        for (const auto& [id, buffer] : traces_) all += buffer->backing().size();
        if (all > memory.trace_region_size) {
            fatal(
                "Creating trace buffers of size {}B on MeshDevice {}, but only {}B is allocated "
                "for trace region.",
                all, id(), memory.trace_region_size);
        }
    }
    traces_.emplace(trace, MeshBuffer::create(shared_from_this(), config));
}

void MeshDevice::release_trace(TraceId trace) {
    if (!context_.has(Defect::trace_buffer_not_released)) traces_.erase(trace);
}

}  // namespace plimsoll::model
