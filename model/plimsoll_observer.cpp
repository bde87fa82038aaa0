#include "model/plimsoll_observer.hpp"

#include <cstring>
#include <string>

#include "model/mesh_device.hpp"

namespace plimsoll::model {
namespace {

// As the runtime itself names it: only that of the two large regions.
std::uint32_t base_of(const Allocator& allocator, BufferType type) {
    const AllocatorConfig& config = allocator.config();
    if (type == BufferType::DRAM) return static_cast<std::uint32_t>(config.dram_unreserved_base);
    if (type == BufferType::L1) return static_cast<std::uint32_t>(config.l1_unreserved_base);
    return 0;
}

void describe(const Allocator& allocator, plimsoll_region_info (&regions)[PLIMSOLL_REGION_COUNT]) {
    for (const BufferType type : kDeviceBufferTypes) {
        regions[region_of(type)] = {allocator.get_num_banks(type), base_of(allocator, type),
                                    allocator.get_statistics(type).total_allocatable_size_bytes};
    }
}

// Paths differ from build to build.
const char* file_name(const char* path) {
    const char* slash = std::strrchr(path, '/');
    return slash == nullptr ? path : slash + 1;
}

}  // namespace

plimsoll_region region_of(BufferType type) {
    switch (type) {
        case BufferType::DRAM:
            return PLIMSOLL_DRAM;
        case BufferType::L1:
            return PLIMSOLL_L1;
        case BufferType::L1_SMALL:
            return PLIMSOLL_L1_SMALL;
        case BufferType::TRACE:
            return PLIMSOLL_TRACE_REGION;
        case BufferType::SYSTEM_MEMORY:
            break;
    }
    return PLIMSOLL_SYSTEM;
}

PlimsollObserver::PlimsollObserver(MetalContext& context, const ObserverOptions& options)
    : context_(context), verify_(options.verify) {
    attach(options);
    if (client_ == nullptr) return;
    context_.tracker().push_processor(this);
    context_.add_inspector(this);
}

PlimsollObserver::~PlimsollObserver() {
    if (client_ == nullptr) return;
    plimsoll_exiting(client_);
    plimsoll_detach(client_);
}

void PlimsollObserver::attach(const ObserverOptions& options) {
    const std::string package = std::string("ttnn ") + context_.release().name;
    const std::string machine = std::string("model:") + context_.machine().name;
    plimsoll_options wanted{};
    wanted.size = sizeof wanted;
    wanted.runtime = "tt-metalium";
    wanted.package = package.c_str();
    wanted.machine = machine.c_str();
    wanted.socket_path = options.socket_path;
    if (plimsoll_attach(&wanted, &client_) != PLIMSOLL_OK) client_ = nullptr;
    if (client_ != nullptr) cover_all();
}

// Nothing of the model is hidden from it; what the model has none of is none.
void PlimsollObserver::cover_all() {
    for (std::uint32_t subject = PLIMSOLL_BUFFER; subject < PLIMSOLL_SUBJECT_COUNT; ++subject) {
        plimsoll_cover(client_, subject, PLIMSOLL_EXACT, text(""));
    }
}

plimsoll_text PlimsollObserver::text(const char* bytes) {
    return plimsoll_intern(client_, bytes, std::strlen(bytes));
}

plimsoll_text PlimsollObserver::intern(const CoreRangeSet& cores) {
    std::vector<plimsoll_core_range> ranges;
    for (const auto& [start, end] : cores.ranges()) {
        const auto narrow = [](std::uint32_t n) { return static_cast<std::uint16_t>(n); };
        ranges.push_back({narrow(start.x), narrow(start.y), narrow(end.x), narrow(end.y)});
    }
    return plimsoll_intern_cores(client_, ranges.data(), ranges.size());
}

plimsoll_location PlimsollObserver::location() {
    const CallSite& at = context_.call_site;
    if (at.line == 0) return 0;
    const plimsoll_frame frame{text(file_name(at.file)), text(at.function), at.line};
    const plimsoll_text op = *context_.op == '\0' ? 0 : text(context_.op);
    return plimsoll_intern_call_site(client_, op, &frame, 1);
}

// ---- devices

plimsoll_devices PlimsollObserver::devices_of(const IDevice* device) {
    if (const auto found = open_.find(device); found != open_.end()) return found->second;
    if (device == nullptr || device->kind() == IDevice::Kind::none || !device->is_initialized()) {
        return 0;
    }
    plimsoll_devices set = 0;
    if (device->kind() == IDevice::Kind::chip) {
        plimsoll_device_info info{};
        info.size = sizeof info;
        info.device = device->id();
        info.arch = text(context_.architecture().name);
        describe(device->allocator(), info.regions);
        plimsoll_device_open(client_, &info, &set);
    } else {
        std::vector<std::int32_t> chips;
        for (const Device* chip : device->get_devices()) chips.push_back(chip->id());
        plimsoll_mesh_info info{};
        info.size = sizeof info;
        info.mesh = device->id();
        info.devices = chips.data();
        info.device_count = static_cast<std::uint32_t>(chips.size());
        describe(device->allocator(), info.regions);
        plimsoll_mesh_open(client_, &info, &set);
    }
    if (set != 0) open_[device] = set;
    return set;
}

void PlimsollObserver::initialize_chip(const Device& chip) { open_.erase(&chip); }

void PlimsollObserver::mesh_initialized(const MeshDevice& mesh) {
    for (const Device* chip : mesh.get_devices()) devices_of(chip);
}

void PlimsollObserver::close(const IDevice& device) {
    const auto found = open_.find(&device);
    if (found == open_.end()) return;  // nothing was ever allocated on it
    plimsoll_close(client_, found->second, exiting_ ? PLIMSOLL_CLOSED_AT_EXIT : PLIMSOLL_CLOSED);
    open_.erase(found);
}

void PlimsollObserver::close_chip(const Device& chip) { close(chip); }
void PlimsollObserver::close_mesh(const MeshDevice& mesh) { close(mesh); }

void PlimsollObserver::exit_begins() {
    exiting_ = true;
    plimsoll_exiting(client_);
}

// ---- buffers

void PlimsollObserver::track_allocate(const Buffer& buffer) {
    const BufferType type = buffer.buffer_type();
    plimsoll_allocation allocation{};
    allocation.size = sizeof allocation;
    allocation.kind = type == BufferType::TRACE ? PLIMSOLL_TRACE : PLIMSOLL_BUFFER;
    if (std::exchange(semaphore_expected_, false)) allocation.kind = PLIMSOLL_SEMAPHORE;
    allocation.region = static_cast<std::uint8_t>(region_of(type));
    allocation.owner = PLIMSOLL_USER;
    if (std::exchange(profiler_expected_, false)) {
        allocation.kind = PLIMSOLL_RESERVATION;
        allocation.owner = PLIMSOLL_RUNTIME;
    }
    allocation.reported = 1;
    allocation.devices = devices_of(buffer.device());
    allocation.location = location();
    // A sharded one too takes its address in every bank.
    const IDevice& device = *buffer.device();
    allocation.banks = device.is_initialized() ? device.allocator().get_num_banks(type)
                                               : static_cast<std::uint32_t>(buffer.num_banks());
    if (const auto& core = buffer.only_core()) {
        allocation.banks = 1;
        allocation.cores = intern(CoreRange{*core, *core});
    }
    allocation.address = buffer.address();
    allocation.bytes = buffer.size();
    allocation.bytes_per_bank =
        align_up(buffer.aligned_size_per_bank(), context_.architecture().dram_alignment);
    plimsoll_id id = 0;
    plimsoll_allocate(client_, &allocation, &id);
    if (id != 0) allocations_[&buffer] = id;
    verify(buffer);
}

void PlimsollObserver::track_deallocate(const Buffer& buffer) {
    const auto found = allocations_.find(&buffer);
    if (found == allocations_.end()) return plimsoll_unmatched_free(client_);
    verify(buffer);
    plimsoll_free(client_, found->second);
    allocations_.erase(found);
}

void PlimsollObserver::buffer_destroyed(const Buffer& buffer) {
    if (plimsoll_waiting(client_) == 0) return;
    const auto found = allocations_.find(&buffer);
    if (found == allocations_.end()) return;
    plimsoll_object_gone(client_, found->second,
                         mesh_destructions_ > 0 ? PLIMSOLL_HELD_BY_DEVICE : PLIMSOLL_HELD_BY_USER);
    allocations_.erase(found);
}

void PlimsollObserver::setup_semaphore(BufferType type) { semaphore_expected_ = !is_dram(type); }

// In the middle of an event: all that is allocated was reported, and nothing else was.
void PlimsollObserver::verify(const Buffer& buffer) {
    const IDevice* device = buffer.device();
    const auto found = open_.find(device);
    if (!verify_ || found == open_.end()) return;
    const BufferType type = buffer.buffer_type();
    const Allocator& allocator = device->allocator();
    DeviceAddr truth =
        allocator.get_statistics(type).total_allocated_bytes * allocator.get_num_banks(type);
    if (type == BufferType::L1) truth += allocator.bytes_on_single_cores();
    const std::uint64_t tracked = plimsoll_occupied(client_, found->second, region_of(type));
    plimsoll_verified(client_, found->second, region_of(type),
                      static_cast<std::int64_t>(tracked - truth));
}

// ---- programs

PlimsollObserver::Known& PlimsollObserver::known(const Program& program) {
    const auto [found, is_new] = programs_.try_emplace(&program);
    if (is_new) {
        plimsoll_program_info info{};
        info.size = sizeof info;
        info.label = text(program.label().c_str());
        info.runtime_id = program.get_id();
        info.location = location();
        plimsoll_program_create(client_, &info, &found->second.id);
    }
    return found->second;
}

plimsoll_allocation PlimsollObserver::of_program(const Known& program, const IDevice& device,
                                                 const CoreRangeSet& cores, DeviceAddr address,
                                                 DeviceAddr size) {
    plimsoll_allocation allocation{};
    allocation.size = sizeof allocation;
    allocation.region = PLIMSOLL_L1;
    allocation.owner = program.id == 0 ? PLIMSOLL_UNKNOWN_OWNER : PLIMSOLL_PROGRAM;
    allocation.devices = devices_of(&device);
    allocation.program = program.id;
    allocation.cores = intern(cores);
    allocation.location = location();
    allocation.address = address;
    allocation.bytes = size * cores.num_cores();
    allocation.banks = static_cast<std::uint32_t>(cores.num_cores());
    allocation.bytes_per_bank = size;
    return allocation;
}

void PlimsollObserver::allocate_circular_buffers(const Program& program, const IDevice& device) {
    layout_ = {&program, &device};
}

void PlimsollObserver::track_allocate_cb(const CoreRangeSet& cores, DeviceAddr address,
                                         DeviceAddr size, CircularBufferMemory memory,
                                         const IDevice* device) {
    if (layout_.reporter == nullptr) layout_.reporter = device;
    if (layout_.reporter != device) return;
    Known& program = known(*layout_.program);
    const plimsoll_devices set = devices_of(layout_.device);
    if (!std::exchange(layout_.has_begun, true)) {
        if (program.has_circular_buffers) {
            plimsoll_program_laid_out_anew(client_, program.id, PLIMSOLL_CIRCULAR_BUFFER, set);
            plimsoll_program_laid_out_anew(client_, program.id, PLIMSOLL_GLOBAL_CIRCULAR_BUFFER,
                                           set);
        }
        program.has_circular_buffers = true;
        program.chips = std::max(program.chips, layout_.device->get_devices().size());
    }
    plimsoll_allocation allocation = of_program(program, *layout_.device, cores, address, size);
    allocation.kind = PLIMSOLL_CIRCULAR_BUFFER;
    allocation.reported = 1;
    if (memory == CircularBufferMemory::globally_allocated) {
        // It lies in a buffer, which is counted already.
        allocation.kind = PLIMSOLL_GLOBAL_CIRCULAR_BUFFER;
        allocation.banks = 0;
        allocation.bytes_per_bank = 0;
    }
    plimsoll_id unused = 0;
    plimsoll_allocate(client_, &allocation, &unused);
}

void PlimsollObserver::track_deallocate_cb(const IDevice* /*may be closed*/) { ++reports_; }

void PlimsollObserver::validate_dataflow_buffers(const Program& program, const IDevice& device) {
    if (program.dataflow_buffers().empty()) return;
    Known& its = known(program);
    if (std::exchange(its.has_dataflow_buffers, true)) return;
    for (const KernelMemory& buffer : program.dataflow_buffers()) {
        if (buffer.borrowed != nullptr) continue;
        plimsoll_allocation allocation =
            of_program(its, device, buffer.cores, buffer.address, buffer.size);
        allocation.kind = PLIMSOLL_DATAFLOW_BUFFER;
        plimsoll_id unused = 0;
        plimsoll_allocate(client_, &allocation, &unused);
    }
}

void PlimsollObserver::program_runs(const Program& program) {
    const auto found = programs_.find(&program);
    if (found != programs_.end()) plimsoll_program_run(client_, found->second.id);
}

void PlimsollObserver::program_destruction_begins(const Program&) { reports_ = 0; }

void PlimsollObserver::program_destroyed(const Program& program) {
    const auto found = programs_.find(&program);
    if (found == programs_.end()) return;
    const Known& its = found->second;
    if (reports_ != 0 && reports_ >= its.chips) plimsoll_program_report_free(client_, its.id);
    plimsoll_program_destroy(client_, its.id);
    programs_.erase(found);
}

}  // namespace plimsoll::model
