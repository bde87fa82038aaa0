#include "model/device.hpp"

#include <algorithm>

#include "model/buffer.hpp"
#include "model/error.hpp"
#include "model/program.hpp"

namespace plimsoll::model {
namespace {

struct Interval {
    DeviceAddr begin, end;
};

DeviceAddr bytes_of_union(std::vector<Interval> intervals) {
    std::sort(intervals.begin(), intervals.end(),
              [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    DeviceAddr bytes = 0, reached = 0;
    for (const Interval& each : intervals) {
        const DeviceAddr from = std::max(each.begin, reached);
        if (each.end <= from) continue;
        bytes += each.end - from;
        reached = each.end;
    }
    return bytes;
}

}  // namespace

Allocator& IDevice::allocator() const {
    if (allocator_ == nullptr) fatal("Device {} is not initialized", id_);
    return *allocator_;
}

Device::Device(MetalContext& context, int id) : IDevice(context, Kind::chip, id) {
    devices_.push_back(this);
}

Device::~Device() = default;

void Device::initialize(const AllocatorConfig& config) {
    if (is_initialized()) fatal("Device {} has already been initialized!", id());
    context_.tell(&Inspector::initialize_chip, *this);
    allocator_ = std::make_unique<Allocator>(config);
    if (context_.has(Defect::profiler_allocates)) start_profiler();
}

// What it keeps for as long as the chip is open: a buffer like any other.
void Device::start_profiler() {
    constexpr DeviceAddr kInEachBank = 1u << 20;
    const std::uint64_t banks = allocator().get_num_banks(BufferType::DRAM);
    context_.tell(&Inspector::setup_profiler);
    profiler_buffer_ =
        Buffer::create(*this, {.size = kInEachBank * banks, .page_size = kInEachBank});
}

void Device::close() {
    if (!is_initialized()) fatal("Cannot close device {} that has not been initialized!", id());
    context_.tell(&Inspector::close_chip, *this);
    context_.tracker().device_closes(this);
    allocator_.reset();
    profiler_buffer_.reset();
}

DeviceAddr Device::get_total_cb_allocated() const {
    const machines::ChipCapacity& chip = context_.machine().capacity;
    DeviceAddr bytes = 0;
    for (std::uint32_t y = 0; y < static_cast<std::uint32_t>(chip.grid_rows); ++y) {
        for (std::uint32_t x = 0; x < static_cast<std::uint32_t>(chip.grid_columns); ++x) {
            std::vector<Interval> on_core;
            for (const Program* program : programs_) {
                for (const CircularBufferAllocator& each : program->cb_allocators()) {
                    if (!each.core_range.contains({x, y})) continue;
                    for (const auto& [begin, end] : each.l1_regions)
                        on_core.push_back({begin, end});
                }
            }
            bytes += bytes_of_union(std::move(on_core));
        }
    }
    return bytes;
}

}  // namespace plimsoll::model
