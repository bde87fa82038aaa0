#include "agents/ttmetal/dataflow_layout.hpp"

#include <string.h>

#include "agents/ttmetal/peek.hpp"

namespace plimsoll::ttmetal {
namespace {

constexpr std::size_t kMaxRanges = 1024;
constexpr std::size_t kMaxGroups = 1024;
constexpr std::size_t kMaxCores = 4096;
constexpr std::uint32_t kL1Bytes = 16u << 20;  // more than a core of any chip has

template <class T>
T at(const void* object, std::size_t offset) {
    T value;
    memcpy(&value, static_cast<const char*>(object) + offset, sizeof value);
    return value;
}

template <class T>
bool has_shape(const Vector<T>& vector, std::size_t most) {
    const auto first = reinterpret_cast<std::uintptr_t>(vector.first);
    const auto last = reinterpret_cast<std::uintptr_t>(vector.last);
    const auto end = reinterpret_cast<std::uintptr_t>(vector.end_of_storage);
    return first != 0 && first % alignof(T) == 0 && first < last && last <= end &&
           (last - first) % sizeof(T) == 0 && (last - first) / sizeof(T) <= most;
}

bool same_ranges(const CoreRangeSet& mine, const CoreRangeSet& theirs) {
    if (!has_shape(mine, kMaxRanges) || mine.size() != theirs.size()) return false;
    for (std::size_t i = 0; i < mine.size(); ++i) {
        CoreRange range;
        if (!peek(mine.first + i, &range, sizeof range)) return false;
        if (memcmp(&range, theirs.first + i, sizeof range) != 0) return false;
    }
    return true;
}

std::uint64_t cores_in(const CoreRangeSet& ranges) {
    std::uint64_t cores = 0;
    for (const CoreRange* range = ranges.first; range != ranges.last; ++range) {
        cores += (range->x1 - range->x0 + 1) * (range->y1 - range->y0 + 1);
    }
    return cores;
}

bool contains(const CoreRangeSet& ranges, const CoreAddress& core) {
    for (const CoreRange* range = ranges.first; range != ranges.last; ++range) {
        if (core.x >= range->x0 && core.x <= range->x1 && core.y >= range->y0 &&
            core.y <= range->y1) {
            return true;
        }
    }
    return false;
}

enum class Trust { guessed, known };

// Copies what may not be there; what is known to be there is only copied.
bool copy(const void* from, void* to, std::size_t size, Trust trust) {
    if (trust == Trust::guessed) return peek(from, to, size);
    memcpy(to, from, size);
    return true;
}

// The groups hold each core of the buffer once, with an address in L1, or none yet.
bool account_for(const Vector<DataflowGroup>& groups, const CoreRangeSet& ranges, Trust trust) {
    if (!has_shape(groups, kMaxGroups)) return false;
    std::uint64_t cores = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        DataflowGroup group;
        if (!copy(groups.first + i, &group, sizeof group, trust)) return false;
        if (!has_shape(group.cores, kMaxCores)) return false;
        for (std::size_t j = 0; j < group.cores.size(); ++j) {
            CoreAddress core;
            if (!copy(group.cores.first + j, &core, sizeof core, trust)) return false;
            if (!contains(ranges, core) || core.address >= kL1Bytes) return false;
        }
        cores += group.cores.size();
    }
    return cores == cores_in(ranges);
}

}  // namespace

void DataflowLayout::learn_config(const void* object, const DataflowConfig& config,
                                  const CoreRangeSet& ranges) {
    if (is_known()) return;
    char image[kObjectBytes];
    if (!peek(object, image, sizeof image)) return;
    // The cores stand directly before the configuration.
    for (std::size_t offset = sizeof(CoreRangeSet); offset + sizeof config <= kObjectBytes;
         offset += alignof(CoreRangeSet)) {
        if (memcmp(image + offset, &config, sizeof config) != 0) continue;
        if (!same_ranges(at<CoreRangeSet>(image, offset - sizeof(CoreRangeSet)), ranges)) continue;
        config_at_.store(offset, std::memory_order_relaxed);
        return;
    }
}

bool DataflowLayout::read(const void* object, DataflowBuffer* buffer) {
    const std::size_t config_at = config_at_.load(std::memory_order_relaxed);
    if (config_at == kUnknown) return false;
    buffer->config = at<DataflowConfig>(object, config_at);
    buffer->ranges = at<CoreRangeSet>(object, config_at - sizeof(CoreRangeSet));
    if (!has_shape(buffer->ranges, kMaxRanges)) return false;

    const std::size_t groups_at = groups_at_.load(std::memory_order_relaxed);
    if (groups_at != kUnknown) {
        buffer->groups = at<Vector<DataflowGroup>>(object, groups_at);
        return account_for(buffer->groups, buffer->ranges, Trust::known);
    }
    char image[kObjectBytes];
    if (!peek(object, image, sizeof image)) return false;
    for (std::size_t offset = config_at + sizeof(DataflowConfig);
         offset + sizeof buffer->groups <= kObjectBytes; offset += alignof(DataflowGroup)) {
        const auto groups = at<Vector<DataflowGroup>>(image, offset);
        if (!account_for(groups, buffer->ranges, Trust::guessed)) continue;
        buffer->groups = groups;
        groups_at_.store(offset, std::memory_order_relaxed);
        return true;
    }
    return false;
}

}  // namespace plimsoll::ttmetal
