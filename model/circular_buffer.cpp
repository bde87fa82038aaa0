#include "model/circular_buffer.hpp"

#include "model/error.hpp"

namespace plimsoll::model {
namespace {

constexpr DeviceAddr kMostPages = 65535;

void check_size(const CircularBufferConfig& config) {
    for (const auto& [index, page_size] : config.indices) {
        if (page_size == 0) {
            fatal("Expected both data format and page size to be set for buffer index {}", index);
        }
        if (config.total_size % page_size != 0) {
            fatal("Total circular buffer size {} B must be divisible by page size {} B",
                  config.total_size, page_size);
        }
        if (config.total_size / page_size > kMostPages) {
            fatal("Number of pages {} of circular buffer exceeds {}", config.total_size / page_size,
                  kMostPages);
        }
    }
    const Buffer* buffer = config.globally_allocated;
    if (buffer == nullptr) return;
    if (is_dram(buffer->buffer_type())) {
        fatal("Only L1 buffers can have an associated circular buffer!");
    }
    const DeviceAddr room = buffer->aligned_size_per_bank() - config.address_offset;
    if (config.address_offset > buffer->aligned_size_per_bank() || config.total_size > room) {
        fatal("Requested {} B with offset {} B in buffer of {} B per bank", config.total_size,
              config.address_offset, buffer->aligned_size_per_bank());
    }
}

}  // namespace

CircularBuffer::CircularBuffer(const CoreRangeSet& cores, CircularBufferConfig config)
    : cores_(cores), config_(std::move(config)) {
    check_size(config_);
}

std::optional<DeviceAddr> CircularBuffer::address() const {
    if (config_.globally_allocated == nullptr) return address_;
    return config_.globally_allocated->address() + config_.address_offset;
}

void CircularBuffer::set_total_size(DeviceAddr size) {
    CircularBufferConfig changed = config_;
    changed.total_size = size;
    check_size(changed);
    config_ = std::move(changed);
}

void CircularBufferAllocator::mark_address(DeviceAddr address, DeviceAddr size, DeviceAddr base) {
    if (l1_regions.empty()) l1_regions.emplace_back(base, base);
    auto& [begin, end] = l1_regions.back();
    if (address < end) {
        fatal(
            "Local buffer address {} has to append to last L1 region [{}, {}) or be at a higher "
            "address",
            address, begin, end);
    }
    if (address == end) {
        end += size;
    } else {
        l1_regions.emplace_back(address, address + size);
    }
}

}  // namespace plimsoll::model
