#pragma once

#include <string>

#include "model/circular_buffer.hpp"

namespace plimsoll::model {

struct DataflowBufferConfig {
    std::uint32_t entry_size = 0;
    std::uint32_t num_entries = 0;
    const Buffer* borrowed = nullptr;  // lies in this buffer
};

// A dataflow buffer or a scratchpad: memory of a program's kernels, the same address on its cores.
struct KernelMemory {
    CoreRangeSet cores;
    DeviceAddr size = 0;  // per core
    const Buffer* borrowed = nullptr;
    DeviceAddr address = 0;  // once it is placed
};

using CBHandle = std::size_t;

// A program: what its kernels need of L1, below all buffers. Its circular buffers pack upward from
// the base of L1 on each of its ranges of cores. Nothing of it is the allocator's: programs lie
// over each other, and a new layout is only checked against the lowest buffer.
class Program {
  public:
    // `label`: what a person calls it, such as its compute kernel's name.
    Program(MetalContext& context, std::string label);
    // Reports what it had as freed, through devices that may be closed by then.
    ~Program() noexcept;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    [[nodiscard]] std::uint64_t get_id() const { return id_; }
    [[nodiscard]] const std::string& label() const { return label_; }

    CBHandle add_circular_buffer(const CoreRangeSet& cores, const CircularBufferConfig& config);
    // The next launch lays all of them out anew.
    void update_circular_buffer_total_size(CBHandle handle, DeviceAddr size);
    void add_dataflow_buffer(const CoreRangeSet& cores, const DataflowBufferConfig& config);
    void add_scratchpad(const CoreRangeSet& cores, DeviceAddr size);

    // All that a launch does to memory, in its order. Throws RuntimeError when the circular buffers
    // meet a buffer or the end of L1; by then they were reported.
    void compile_on(IDevice& device);

    void allocate_circular_buffers(const IDevice& device);
    void deallocate_circular_buffers();

    [[nodiscard]] const std::vector<CircularBuffer>& circular_buffers() const {
        return circular_buffers_;
    }
    [[nodiscard]] const std::vector<CircularBufferAllocator>& cb_allocators() const {
        return cb_allocators_;
    }
    [[nodiscard]] const std::vector<KernelMemory>& dataflow_buffers() const {
        return dataflow_buffers_;
    }
    [[nodiscard]] const std::vector<KernelMemory>& scratchpads() const { return scratchpads_; }

  private:
    void invalidate_circular_buffer_allocation();
    std::vector<Device*> add_devices(const IDevice& device);
    void track(const CircularBuffer& buffer, const IDevice& device,
               const std::vector<Device*>& chips) const;
    void validate_region(const CircularBufferAllocator& region, const IDevice& device,
                         const char* what) const;
    void allocate_dataflow_buffers(const IDevice& device);  // and the scratchpads above them

    MetalContext& context_;
    std::string label_;
    std::uint64_t id_;
    std::vector<CircularBuffer> circular_buffers_;
    std::vector<CircularBufferAllocator> cb_allocators_;  // one for each distinct range
    std::vector<KernelMemory> dataflow_buffers_;
    std::vector<CircularBufferAllocator> kernel_allocators_;  // of dataflow buffers and scratchpads
    std::vector<KernelMemory> scratchpads_;
    std::vector<Device*> cb_devices_;  // that its circular buffers are on
    bool local_circular_buffer_allocation_needed_ = false;
};

}  // namespace plimsoll::model
