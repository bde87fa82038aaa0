#include "model/buffer.hpp"

#include "model/error.hpp"
#include "model/mesh_device.hpp"

namespace plimsoll::model {
namespace {

// Bytes of its pages: those of all shards where there are any.
DeviceAddr size_of_pages(const BufferConfig& config, std::uint64_t banks) {
    return config.shards ? config.shards->pages_per_shard * banks * config.page_size : config.size;
}

std::uint64_t banks_of(const IDevice& device, const BufferConfig& config) {
    if (config.page_size == 0 ? config.size != 0 : config.size % config.page_size != 0) {
        fatal("Buffer size {} B must be divisible by page size {} B", config.size,
              config.page_size);
    }
    const std::uint32_t banks = device.allocator().get_num_banks(config.type);
    if (config.only_core) return 1;
    if (!config.shards) return banks;
    const std::uint64_t shards = config.shards->grid.num_cores();
    if (shards > banks) {
        fatal(
            "Expected number of shards {} to be less than or equal to total number of L1 banks {}",
            shards, banks);
    }
    return shards;
}

}  // namespace

Buffer::Buffer(IDevice& device, const BufferConfig& config, Ownership ownership)
    : context_(device.context()),
      device_(&device),
      config_(config),
      ownership_(ownership),
      unique_id_(context_.next_buffer_id()),
      banks_(banks_of(device, config)),
      size_per_bank_(size_per_bank(size_of_pages(config, banks_), config.page_size, banks_,
                                   device.allocator().get_alignment(config.type))) {}

std::unique_ptr<Buffer> Buffer::create(IDevice& device, const BufferConfig& config) {
    std::unique_ptr<Buffer> buffer(new Buffer(device, config, Ownership::owner));
    if (config.size != 0) buffer->allocate_impl();
    buffer->status_ = Status::ALLOCATED;
    return buffer;
}

std::unique_ptr<Buffer> Buffer::create(IDevice& device, DeviceAddr address,
                                       const BufferConfig& config) {
    std::unique_ptr<Buffer> buffer(new Buffer(device, config, Ownership::view));
    buffer->address_ = address;
    buffer->status_ = Status::ALLOCATED;
    return buffer;
}

DeviceAddr Buffer::take_memory() {
    Allocator& allocator = device_->allocator();
    if (config_.only_core) return allocator.allocate_on_core(*config_.only_core, config_.size);
    const Direction own = is_dram(config_.type) ? Direction::bottom_up : Direction::top_down;
    const bool of_all_cores = !config_.shards || context_.has(Defect::ranges_of_every_core);
    return allocator.allocate(config_.type, size_of_pages(config_, banks_), config_.page_size,
                              banks_, config_.direction.value_or(own),
                              of_all_cores ? nullptr : &config_.shards->grid);
}

void Buffer::give_memory_back() {
    Allocator& allocator = device_->allocator();
    if (config_.only_core) return allocator.deallocate_on_core(*config_.only_core, address_);
    allocator.deallocate(config_.type, address_);
}

void Buffer::allocate_impl() {
    try {
        address_ = take_memory();
    } catch (const RuntimeError&) {
        context_.tell(&Inspector::buffer_refused, *this);
        throw;
    }
    status_ = Status::ALLOCATED;
    if (context_.has(Defect::stray_device_pointer)) device_ = context_.stray_device();
    context_.tracker().track_allocate(*this);
}

void Buffer::deallocate() {
    if (status_ != Status::ALLOCATED) return;
    const bool owns = ownership_ == Ownership::owner;
    const bool real = config_.size != 0 && device_->is_initialized();
    if (real && (owns || context_.has(Defect::free_without_allocate))) {
        context_.tracker().track_deallocate(*this);
        if (context_.has(Defect::double_report)) context_.tracker().track_deallocate(*this);
    }
    if (real && owns && !context_.has(Defect::free_keeps_bank_memory)) {
        give_memory_back();
    }
    status_ = Status::DEALLOCATED;
}

void Buffer::mark_as_deallocated() { status_ = Status::DEALLOCATED; }

Buffer::~Buffer() {
    deallocate();
    context_.tell(&Inspector::buffer_destroyed, *this);
}

std::optional<std::uint64_t> Buffer::num_cores() const {
    if (!config_.shards) return std::nullopt;
    return banks_;
}

std::shared_ptr<MeshBuffer> MeshBuffer::create(const std::shared_ptr<MeshDevice>& mesh,
                                               const BufferConfig& config) {
    std::shared_ptr<MeshBuffer> buffer(new MeshBuffer);
    buffer->mesh_ = mesh;
    buffer->backing_ = Buffer::create(*mesh, config);
    for (Device* chip : mesh->get_devices()) {
        buffer->device_buffers_.push_back(Buffer::create(*chip, buffer->address(), config));
    }
    return buffer;
}

void MeshBuffer::deallocate() {
    if (backing_ == nullptr) return;
    if (mesh_.expired()) backing_->mark_as_deallocated();
    device_buffers_.clear();
    backing_.reset();
}

MeshBuffer::~MeshBuffer() { deallocate(); }

}  // namespace plimsoll::model
