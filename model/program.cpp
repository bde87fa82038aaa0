#include "model/program.hpp"

#include <algorithm>

#include "model/error.hpp"

namespace plimsoll::model {
namespace {

void add_ranges(std::vector<CircularBufferAllocator>& to, const CoreRangeSet& cores) {
    for (const CoreRange& range : cores.ranges()) {
        const bool known = std::any_of(to.begin(), to.end(), [&](const auto& allocator) {
            return allocator.core_range == range;
        });
        if (!known) to.push_back({range, {}});
    }
}

// The lowest address above all that lies on exactly these ranges; and there from now on.
DeviceAddr place(std::vector<CircularBufferAllocator>& allocators, const CoreRangeSet& cores,
                 DeviceAddr size, const AllocatorConfig& config) {
    DeviceAddr address = config.l1_unreserved_base;
    for (const CircularBufferAllocator& allocator : allocators) {
        if (cores.has(allocator.core_range)) {
            address = std::max(address, allocator.get_cb_region_end());
        }
    }
    address = align_up(address, config.dram_alignment);
    for (const CoreRange& range : cores.ranges()) {
        for (CircularBufferAllocator& allocator : allocators) {
            if (!allocator.core_range.intersects(range)) continue;
            const bool same = allocator.core_range == range;
            if (!same && address < allocator.get_cb_region_end()) continue;
            allocator.mark_address(address, size, config.l1_unreserved_base);
        }
    }
    return address;
}

std::string text(const CoreRange& range, CoreText style) {
    const auto& [start, end] = range;
    return style == CoreText::coordinates
               ? fmt::format("[(x={},y={}) - (x={},y={})]", start.x, start.y, end.x, end.y)
               : fmt::format("[{}-{} - {}-{}]", start.x, start.y, end.x, end.y);
}

}  // namespace

Program::Program(MetalContext& context, std::string label)
    : context_(context), label_(std::move(label)), id_(context.next_program_id()) {}

Program::~Program() noexcept {
    context_.tell(&Inspector::program_destruction_begins, *this);
    if (!context_.has(Defect::program_forgets_circular_buffers)) deallocate_circular_buffers();
    for (Device* chip : cb_devices_) chip->unregister_program(this);
    context_.tell(&Inspector::program_destroyed, *this);
}

CBHandle Program::add_circular_buffer(const CoreRangeSet& cores,
                                      const CircularBufferConfig& config) {
    if (!dataflow_buffers_.empty()) {
        fatal("Cannot add circular buffer to a program that has dataflow buffers");
    }
    CircularBuffer added(cores, config);
    for (const auto& [index, page_size] : config.indices) {
        if (index >= context_.architecture().circular_buffers) {
            fatal("Buffer index ({}) exceeds max number of circular buffers per core ({})", index,
                  context_.architecture().circular_buffers);
        }
        for (const CircularBuffer& other : circular_buffers_) {
            for (const auto& used : other.config().indices) {
                if (used.index != index) continue;
                for (const CoreRange& range : cores.ranges()) {
                    for (const CoreRange& taken : other.core_ranges().ranges()) {
                        if (!range.intersects(taken)) continue;
                        fatal(
                            "Invalid circular buffer index: Cannot add circular buffer at index "
                            "{}, another circular buffer already exists",
                            index);
                    }
                }
            }
        }
    }
    add_ranges(cb_allocators_, cores);
    if (added.memory() == CircularBufferMemory::local) invalidate_circular_buffer_allocation();
    circular_buffers_.push_back(std::move(added));
    return circular_buffers_.size() - 1;
}

void Program::update_circular_buffer_total_size(CBHandle handle, DeviceAddr size) {
    CircularBuffer& buffer = circular_buffers_.at(handle);
    buffer.set_total_size(size);
    if (buffer.memory() == CircularBufferMemory::local) invalidate_circular_buffer_allocation();
}

void Program::invalidate_circular_buffer_allocation() {
    for (CircularBufferAllocator& allocator : cb_allocators_) allocator.l1_regions.clear();
    local_circular_buffer_allocation_needed_ = true;
}

void Program::add_dataflow_buffer(const CoreRangeSet& cores, const DataflowBufferConfig& config) {
    if (!circular_buffers_.empty()) {
        fatal("Cannot add dataflow buffer to a program that has circular buffers");
    }
    dataflow_buffers_.push_back(
        {cores, DeviceAddr{config.entry_size} * config.num_entries, config.borrowed});
}

void Program::add_scratchpad(const CoreRangeSet& cores, DeviceAddr size) {
    scratchpads_.push_back({cores, size});
}

std::vector<Device*> Program::add_devices(const IDevice& device) {
    std::vector<Device*> added;
    for (Device* chip : device.get_devices()) {
        if (std::find(cb_devices_.begin(), cb_devices_.end(), chip) == cb_devices_.end()) {
            cb_devices_.push_back(chip);
            added.push_back(chip);
        }
    }
    return added;
}

void Program::track(const CircularBuffer& buffer, const IDevice& device,
                    const std::vector<Device*>& chips) const {
    GraphTracker& tracker = context_.tracker();
    const DeviceAddr address = buffer.address().value_or(0);
    const auto report = [&](const IDevice* on) {
        tracker.track_allocate_cb(buffer.core_ranges(), address, buffer.size(), buffer.memory(),
                                  on);
    };
    if (buffer.memory() == CircularBufferMemory::globally_allocated &&
        context_.release().global_events == GlobalEvents::none) {
        return;
    }
    if (context_.has(Defect::mesh_reports_once)) return report(&device);
    for (const Device* chip : chips) report(chip);
}

void Program::allocate_circular_buffers(const IDevice& device) {
    context_.tell(&Inspector::allocate_circular_buffers, *this, device);
    if (circular_buffers_.empty()) return;
    const AllocatorConfig& memory = device.allocator().config();
    const std::vector<Device*> added = add_devices(device);
    if (!local_circular_buffer_allocation_needed_) {
        if (added.empty()) return;
        for (const CircularBuffer& buffer : circular_buffers_) {
            if (buffer.memory() == CircularBufferMemory::local && buffer.address()) {
                track(buffer, device, added);
            }
        }
    } else {
        for (CircularBuffer& buffer : circular_buffers_) {
            if (buffer.memory() == CircularBufferMemory::local) {
                buffer.set_address(
                    place(cb_allocators_, buffer.core_ranges(), buffer.size(), memory));
            }
            track(buffer, device, device.get_devices());
        }
    }
    for (Device* chip : added) chip->register_program(this);
    local_circular_buffer_allocation_needed_ = false;
}

void Program::deallocate_circular_buffers() {
    if (circular_buffers_.empty()) return;
    for (const Device* chip : cb_devices_) context_.tracker().track_deallocate_cb(chip);
    for (Device* chip : cb_devices_) chip->unregister_program(this);
    cb_devices_.clear();
}

void Program::validate_region(const CircularBufferAllocator& region, const IDevice& device,
                              const char* what) const {
    const DeviceAddr end = region.get_cb_region_end();
    if (end == 0) return;
    const AllocatorConfig& config = device.allocator().config();
    const std::string cores = text(region.core_range, context_.release().core_text);
    if (end > config.worker_l1_size) {
        context_.tell(&Inspector::layout_refused, *this, device,
                      RefusedLayout{region.core_range, end, {}});
        fatal(
            "Statically allocated {}s on core range {} grow to {} B which is beyond max L1 size of "
            "{} B",
            what, cores, end, config.worker_l1_size);
    }
    const auto lowest = device.allocator().lowest_occupied_l1_address(region.core_range);
    if (lowest && *lowest < end) {
        context_.tell(&Inspector::layout_refused, *this, device,
                      RefusedLayout{region.core_range, end, lowest});
        fatal(
            "Statically allocated {0}s in program {1} clash with L1 buffers on core range {2}. L1 "
            "buffer allocated at {3} and static {0} region ends at {4}",
            what, id_, cores, *lowest, end);
    }
}

void Program::allocate_dataflow_buffers(const IDevice& device) {
    if (kernel_allocators_.empty()) {
        for (KernelMemory& each : dataflow_buffers_) {
            add_ranges(kernel_allocators_, each.cores);
            each.address = each.borrowed != nullptr ? each.borrowed->address()
                                                    : place(kernel_allocators_, each.cores,
                                                            each.size, device.allocator().config());
        }
        for (KernelMemory& each : scratchpads_) {
            add_ranges(kernel_allocators_, each.cores);
            each.address =
                place(kernel_allocators_, each.cores, each.size, device.allocator().config());
        }
    }
    context_.tell(&Inspector::validate_dataflow_buffers, *this, device);
    for (const CircularBufferAllocator& each : kernel_allocators_) {
        validate_region(each, device, "dataflow buffer");
    }
}

void Program::compile_on(IDevice& device) {
    allocate_circular_buffers(device);
    for (const CircularBufferAllocator& each : cb_allocators_) {
        validate_region(each, device, "circular buffer");
    }
    allocate_dataflow_buffers(device);
    context_.tell(&Inspector::program_runs, *this);
}

}  // namespace plimsoll::model
