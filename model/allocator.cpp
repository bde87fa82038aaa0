#include "model/allocator.hpp"

#include <algorithm>

#include "model/error.hpp"

namespace plimsoll::model {
namespace {

DeviceAddr l1_small(const AllocatorConfig& c) {
    return align_up(c.l1_small_size, c.dram_alignment);
}

DeviceAddr trace_share(const AllocatorConfig& c) {
    constexpr DeviceAddr kUnit = 8192;
    if (c.trace_region == TraceRegion::all_in_each_bank) return c.trace_region_size;
    return align_up(c.trace_region_size, kUnit * c.num_dram_channels) / c.num_dram_channels;
}

FreeList list_of(const AllocatorConfig& c, BufferType type) {
    const DeviceAddr l1_top = c.worker_l1_size - l1_small(c);
    const DeviceAddr dram_top = c.dram_bank_size - trace_share(c);
    const auto list = [&](DeviceAddr from, DeviceAddr to) {
        return FreeList(from, to - from, c.dram_alignment);
    };
    switch (type) {
        case BufferType::L1:
            return list(c.l1_unreserved_base, l1_top);
        case BufferType::L1_SMALL:
            return list(l1_top, c.worker_l1_size);
        case BufferType::TRACE:
            return list(dram_top, c.dram_bank_size);
        default:
            return list(c.dram_unreserved_base, dram_top);
    }
}

std::size_t index(BufferType type) {
    for (std::size_t i = 0; i < kDeviceBufferTypes.size(); ++i) {
        if (kDeviceBufferTypes[i] == type) return i;
    }
    fatal("Unsupported buffer type {}", name(type));
}

const char* advice(RefusalText text, BufferType type) {
    if (text == RefusalText::figures) return "";
    if (type != BufferType::L1_SMALL) return ".";
    return ". The L1_SMALL region is sized at device open; increase l1_small_size when opening the "
           "device.";
}

}  // namespace

AllocatorConfig allocator_config(const machines::Machine& machine, const Release& release,
                                 DeviceAddr l1_small_size, DeviceAddr trace_region_size) {
    const machines::ChipCapacity& chip = machine.capacity;
    const Architecture& architecture = architecture_of(machine);
    const auto arch = static_cast<std::size_t>(architecture.arch);
    return {.num_dram_channels = static_cast<std::uint32_t>(chip.dram_channels),
            .dram_bank_size = chip.bytes_per_dram_channel,
            .dram_unreserved_base = release.dram_base[arch],
            .dram_alignment = architecture.dram_alignment,
            .compute_cores = static_cast<std::uint32_t>(chip.grid_columns * chip.grid_rows),
            .worker_l1_size = chip.l1_bytes_per_core,
            .l1_unreserved_base = release.l1_base[arch],
            .l1_small_size = l1_small_size,
            .trace_region_size = trace_region_size,
            .trace_region = release.trace_region,
            .refusal_text = release.refusal_text};
}

DeviceAddr size_per_bank(DeviceAddr size, DeviceAddr page_size, std::uint64_t banks,
                         DeviceAddr alignment) {
    const DeviceAddr pages = page_size == 0 ? 0 : size / page_size;
    return pages == 0 ? 0 : (1 + (pages - 1) / banks) * align_up(page_size, alignment);
}

Allocator::Allocator(const AllocatorConfig& config)
    : config_(config),
      lists_{list_of(config, kDeviceBufferTypes[0]), list_of(config, kDeviceBufferTypes[1]),
             list_of(config, kDeviceBufferTypes[2]), list_of(config, kDeviceBufferTypes[3])} {}

DeviceAddr Allocator::allocate(BufferType type, DeviceAddr size, DeviceAddr page_size,
                               std::uint64_t banks, Direction direction,
                               const CoreRangeSet* clear_of) {
    const DeviceAddr per_bank = size_per_bank(size, page_size, banks, get_alignment(type));
    if (const auto address = room_for(type, clear_of).allocate(per_bank, direction)) {
        lists_[index(type)].allocate_at(*address, per_bank);
        return *address;
    }
    const Statistics bank = get_statistics(type);
    fatal(
        "Out of Memory: Not enough space to allocate {} B {} buffer across {} banks, where each "
        "bank needs to store {} B, but bank size is {} B (allocated: {} B, free: {} B, largest "
        "free block: {} B){}",
        size, name(type), banks, per_bank, bank.total_allocatable_size_bytes,
        bank.total_allocated_bytes, bank.total_free_bytes, bank.largest_free_block_bytes,
        advice(config_.refusal_text, type));
}

void Allocator::deallocate(BufferType type, DeviceAddr address) {
    lists_[index(type)].deallocate(address);
}

FreeList Allocator::room_for(BufferType type, const CoreRangeSet* clear_of) const {
    FreeList room = blocks(type);
    if (type != BufferType::L1) return room;
    for (const auto& [core, own] : on_cores_) {
        if (clear_of != nullptr && !clear_of->contains(core)) continue;
        for (const auto& [address, size] : own) room.exclude(address, size);
    }
    return room;
}

DeviceAddr Allocator::allocate_on_core(const CoreCoord& core, DeviceAddr size) {
    const CoreRangeSet only = CoreRange{core, core};
    const DeviceAddr need = align_up(size, config_.dram_alignment);
    const auto address = room_for(BufferType::L1, &only).allocate(need, Direction::top_down);
    if (!address) fatal("Out of Memory: Not enough space to allocate {} B L1 buffer on core", size);
    on_cores_[core].emplace(*address, need);
    return *address;
}

void Allocator::deallocate_on_core(const CoreCoord& core, DeviceAddr address) {
    on_cores_[core].erase(address);
}

DeviceAddr Allocator::bytes_on_single_cores() const {
    DeviceAddr bytes = 0;
    for (const auto& [core, own] : on_cores_) {
        for (const auto& [address, size] : own) bytes += size;
    }
    return bytes;
}

std::uint32_t Allocator::get_num_banks(BufferType type) const {
    return is_dram(type) ? config_.num_dram_channels : config_.compute_cores;
}

DeviceAddr Allocator::get_alignment(BufferType type) const {
    return is_dram(type) ? config_.dram_alignment : kL1Alignment;
}

Statistics Allocator::get_statistics(BufferType type) const { return blocks(type).statistics(); }

const FreeList& Allocator::blocks(BufferType type) const { return lists_[index(type)]; }

std::optional<DeviceAddr> Allocator::lowest_occupied_l1_address() const {
    return blocks(BufferType::L1).lowest_occupied();
}

std::optional<DeviceAddr> Allocator::lowest_occupied_l1_address(const CoreRange& cores) const {
    std::optional<DeviceAddr> lowest = lowest_occupied_l1_address();
    for (const auto& [core, own] : on_cores_) {
        if (own.empty() || !cores.contains(core)) continue;
        lowest = std::min(lowest.value_or(own.begin()->first), own.begin()->first);
    }
    return lowest;
}

}  // namespace plimsoll::model
