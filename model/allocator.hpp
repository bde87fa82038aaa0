#pragma once

#include <array>
#include <optional>

#include "model/core_range.hpp"
#include "model/free_list.hpp"

namespace plimsoll::model {

// The numbers are the runtime's own.
enum class BufferType : std::uint8_t {
    DRAM = 0,
    L1 = 1,
    SYSTEM_MEMORY = 2,
    L1_SMALL = 3,
    TRACE = 4
};
inline constexpr std::size_t kBufferTypeCount = 5;
inline constexpr std::array kDeviceBufferTypes = {BufferType::DRAM, BufferType::L1,
                                                  BufferType::L1_SMALL, BufferType::TRACE};

constexpr const char* name(BufferType type) {
    constexpr std::array<const char*, kBufferTypeCount> names = {"DRAM", "L1", "SYSTEM_MEMORY",
                                                                 "L1_SMALL", "TRACE"};
    return names[static_cast<std::size_t>(type)];
}

constexpr bool is_dram(BufferType type) {
    return type == BufferType::DRAM || type == BufferType::TRACE;
}

// What one chip offers, and how it is divided.
struct AllocatorConfig {
    std::uint32_t num_dram_channels;
    DeviceAddr dram_bank_size;
    DeviceAddr dram_unreserved_base;
    DeviceAddr dram_alignment;
    std::uint32_t compute_cores;
    DeviceAddr worker_l1_size;
    DeviceAddr l1_unreserved_base;
    DeviceAddr l1_small_size;  // as asked for
    DeviceAddr trace_region_size;
    TraceRegion trace_region;
    RefusalText refusal_text;
};

AllocatorConfig allocator_config(const machines::Machine& machine, const Release& release,
                                 DeviceAddr l1_small_size, DeviceAddr trace_region_size);

// The pages of `size` bytes, spread over banks: what each of the fullest takes of the free list's
// address space. `alignment` is that of the region.
DeviceAddr size_per_bank(DeviceAddr size, DeviceAddr page_size, std::uint64_t banks,
                         DeviceAddr alignment);

// The lockstep allocator: an allocation takes the same addresses in every bank of its region, so
// one free list stands for all of them. Bottom of L1 upward: the firmware's own, the program's
// circular buffers, a gap, buffers (taken from the top), L1_SMALL. DRAM: the runtime's own,
// buffers, the trace region.
//
// What is allocated on one core alone lies where that core has room. What is in lockstep keeps
// clear of it, and has one address on its cores all the same.
class Allocator {
  public:
    explicit Allocator(const AllocatorConfig& config);

    // `banks`: over how many the pages are spread, which are all of the region's unless sharded.
    // `clear_of`: the cores whose own it keeps clear of; nullptr: of all cores.
    // Throws RuntimeError with the runtime's words when no free block is big enough.
    DeviceAddr allocate(BufferType type, DeviceAddr size, DeviceAddr page_size, std::uint64_t banks,
                        Direction direction, const CoreRangeSet* clear_of = nullptr);
    void deallocate(BufferType type, DeviceAddr address);
    // In L1.
    DeviceAddr allocate_on_core(const CoreCoord& core, DeviceAddr size);
    void deallocate_on_core(const CoreCoord& core, DeviceAddr address);

    [[nodiscard]] std::uint32_t get_num_banks(BufferType type) const;
    [[nodiscard]] DeviceAddr get_alignment(BufferType type) const;
    [[nodiscard]] Statistics get_statistics(BufferType type) const;
    [[nodiscard]] const FreeList& blocks(BufferType type) const;
    [[nodiscard]] DeviceAddr bytes_on_single_cores() const;
    // In lockstep; or also of what these cores have of their own.
    [[nodiscard]] std::optional<DeviceAddr> lowest_occupied_l1_address() const;
    [[nodiscard]] std::optional<DeviceAddr> lowest_occupied_l1_address(
        const CoreRange& cores) const;
    [[nodiscard]] const AllocatorConfig& config() const { return config_; }

  private:
    // What is free for it; of L1, without what lies on single cores.
    [[nodiscard]] FreeList room_for(BufferType type, const CoreRangeSet* clear_of) const;

    AllocatorConfig config_;
    std::array<FreeList, kDeviceBufferTypes.size()> lists_;  // in the order of kDeviceBufferTypes
    std::map<CoreCoord, FreeList::Blocks> on_cores_;         // in L1
};

}  // namespace plimsoll::model
