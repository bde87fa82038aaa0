#include "model/mesh_device.hpp"

#include "model/error.hpp"

namespace plimsoll::model {

// The chips while any mesh has them open.
struct MeshDevice::ScopedDevices {
    std::vector<Device*> chips;

    ScopedDevices(std::vector<Device*> opened, const AllocatorConfig& config)
        : chips(std::move(opened)) {
        for (Device* chip : chips) chip->initialize(config);
    }
    ~ScopedDevices() {
        for (Device* chip : chips) chip->close();
    }
    ScopedDevices(const ScopedDevices&) = delete;
    ScopedDevices& operator=(const ScopedDevices&) = delete;
};

MeshDevice::MeshDevice(MetalContext& context, std::shared_ptr<ScopedDevices> scoped,
                       std::vector<Device*> chips, MeshShape shape, const AllocatorConfig& config)
    : IDevice(context, Kind::mesh, context.next_mesh_id()),
      shape_(shape),
      scoped_devices_(std::move(scoped)) {
    devices_ = std::move(chips);
    allocator_ = std::make_unique<Allocator>(config);
    context_.tell(&Inspector::mesh_initialized, *this);
}

std::shared_ptr<MeshDevice> MeshDevice::create_with(MetalContext& context, std::vector<int> ids,
                                                    const MeshDeviceConfig& config) {
    std::vector<Device*> chips;
    for (const int id : ids) chips.push_back(&context.chip(id));
    const AllocatorConfig memory = allocator_config(context.machine(), context.release(),
                                                    config.l1_small_size, config.trace_region_size);
    auto scoped = std::make_shared<ScopedDevices>(chips, memory);
    return std::shared_ptr<MeshDevice>(
        new MeshDevice(context, std::move(scoped), std::move(chips), config.shape, memory));
}

std::shared_ptr<MeshDevice> MeshDevice::create(MetalContext& context,
                                               const MeshDeviceConfig& config) {
    std::vector<int> ids = context.chips_in_mesh_order();
    const std::size_t wanted = std::size_t{config.shape.rows} * config.shape.columns;
    if (wanted == 0 || wanted > ids.size()) {
        fatal("Requested a {}x{} mesh of a cluster of {} devices", config.shape.rows,
              config.shape.columns, ids.size());
    }
    ids.resize(wanted);
    return create_with(context, std::move(ids), config);
}

std::shared_ptr<MeshDevice> MeshDevice::create_unit_mesh(MetalContext& context, int chip,
                                                         const MeshDeviceConfig& config) {
    return create_with(context, {chip}, config)->create_submesh({1, 1}, 0);
}

std::shared_ptr<MeshDevice> MeshDevice::create_submesh(MeshShape shape, std::size_t first) {
    std::vector<Device*> chips;
    for (std::uint32_t row = 0; row < shape.rows; ++row) {
        for (std::uint32_t column = 0; column < shape.columns; ++column) {
            chips.push_back(devices_.at(first + std::size_t{row} * shape_.columns + column));
        }
    }
    std::shared_ptr<MeshDevice> submesh(
        new MeshDevice(context_, scoped_devices_, std::move(chips), shape, allocator().config()));
    submesh->parent_ = shared_from_this();
    return submesh;
}

void MeshDevice::close() {
    const bool too_late = context_.has(Defect::free_after_device_close);
    const bool never = context_.has(Defect::cache_not_cleared_at_close);
    if (!too_late && !never) program_cache_.clear();
    close_impl();
    if (too_late) program_cache_.clear();
}

void MeshDevice::close_impl() {
    if (!is_initialized()) return;
    context_.tell(&Inspector::close_mesh, *this);
    context_.tracker().device_closes(this);
    allocator_.reset();
    traces_.clear();
    scoped_devices_.reset();
    parent_.reset();
}

MeshDevice::~MeshDevice() {
    context_.tell(&Inspector::mesh_destruction_begins);
    close();
    program_cache_.clear();
    context_.tell(&Inspector::mesh_destruction_ends);
}

}  // namespace plimsoll::model
