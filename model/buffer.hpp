#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "model/device.hpp"

namespace plimsoll::model {

// The numbers are the runtime's own.
enum class TensorMemoryLayout : std::uint8_t {
    INTERLEAVED = 0,
    HEIGHT_SHARDED = 2,
    WIDTH_SHARDED = 3,
    BLOCK_SHARDED = 4,
    ND_SHARDED = 5
};

struct ShardSpec {
    CoreRangeSet grid;
    std::uint64_t pages_per_shard = 0;
};

struct BufferConfig {
    DeviceAddr size = 0;
    DeviceAddr page_size = 0;
    BufferType type = BufferType::DRAM;
    TensorMemoryLayout layout = TensorMemoryLayout::INTERLEAVED;
    std::optional<ShardSpec> shards{};
    std::optional<CoreCoord> only_core{};  // in L1, wherever this core has room
    std::optional<Direction> direction{};  // the region's own: DRAM bottom up, L1 top down
};

// Memory in every bank of a region, or in those of its shards, at one address. One that owns its
// memory is reported once when it has it and once before it gives it up; a view never is, nor is
// one of size 0, nor one whose device has closed.
class Buffer {
  public:
    enum class Status : std::uint8_t { ALLOCATION_REQUESTED, ALLOCATED, DEALLOCATED };

    // Throws RuntimeError when the allocator refuses it; then nothing was reported.
    static std::unique_ptr<Buffer> create(IDevice& device, const BufferConfig& config);
    // A view of memory that another one owns.
    static std::unique_ptr<Buffer> create(IDevice& device, DeviceAddr address,
                                          const BufferConfig& config);
    ~Buffer();
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    void deallocate();           // does nothing the second time
    void mark_as_deallocated();  // without a word to anyone, also not to the allocator

    [[nodiscard]] DeviceAddr address() const { return address_; }
    [[nodiscard]] DeviceAddr size() const { return config_.size; }
    [[nodiscard]] DeviceAddr page_size() const { return config_.page_size; }
    [[nodiscard]] BufferType buffer_type() const { return config_.type; }
    [[nodiscard]] TensorMemoryLayout buffer_layout() const { return config_.layout; }
    [[nodiscard]] const IDevice* device() const { return device_; }
    [[nodiscard]] std::uint64_t unique_id() const { return unique_id_; }
    [[nodiscard]] Status status() const { return status_; }
    // Cores it is sharded over; nothing when it is interleaved.
    [[nodiscard]] std::optional<std::uint64_t> num_cores() const;
    [[nodiscard]] std::uint64_t num_banks() const { return banks_; }
    [[nodiscard]] const std::optional<CoreCoord>& only_core() const { return config_.only_core; }
    [[nodiscard]] DeviceAddr aligned_size_per_bank() const { return size_per_bank_; }

  private:
    enum class Ownership : std::uint8_t { owner, view };
    Buffer(IDevice& device, const BufferConfig& config, Ownership ownership);
    void allocate_impl();
    DeviceAddr take_memory();
    void give_memory_back();

    MetalContext& context_;  // outlives the device
    const IDevice* device_;  // may be gone when this is only destroyed
    BufferConfig config_;
    Ownership ownership_;
    Status status_ = Status::ALLOCATION_REQUESTED;
    std::uint64_t unique_id_;
    std::uint64_t banks_;
    DeviceAddr size_per_bank_;
    DeviceAddr address_ = 0;
};

// A buffer of a mesh: one that owns the range on every chip, and a view of it for each.
class MeshBuffer {
  public:
    static std::shared_ptr<MeshBuffer> create(const std::shared_ptr<MeshDevice>& mesh,
                                              const BufferConfig& config);
    ~MeshBuffer();
    MeshBuffer(const MeshBuffer&) = delete;
    MeshBuffer& operator=(const MeshBuffer&) = delete;

    void deallocate();
    [[nodiscard]] const Buffer& backing() const { return *backing_; }
    [[nodiscard]] DeviceAddr address() const { return backing_->address(); }

  private:
    MeshBuffer() = default;

    std::weak_ptr<MeshDevice> mesh_;
    std::unique_ptr<Buffer> backing_;
    std::vector<std::unique_ptr<Buffer>> device_buffers_;
};

}  // namespace plimsoll::model
