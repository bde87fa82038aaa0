#include "model/free_list.hpp"

#include <algorithm>
#include <iterator>

namespace plimsoll::model {

FreeList::FreeList(DeviceAddr base, DeviceAddr size, DeviceAddr unit) : size_(size), unit_(unit) {
    if (size > 0) free_.emplace(base, size);
}

DeviceAddr FreeList::in_units(DeviceAddr size) const {
    return align_up(std::max(size, unit_), unit_);
}

DeviceAddr FreeList::take(Blocks::iterator block, DeviceAddr size, Direction direction) {
    const auto [start, length] = *block;
    const DeviceAddr address = direction == Direction::bottom_up ? start : start + length - size;
    if (direction == Direction::top_down && length > size) {
        block->second = length - size;
    } else {
        free_.erase(block);
        if (length > size) free_.emplace(start + size, length - size);
    }
    allocated_.emplace(address, size);
    allocated_bytes_ += size;
    return address;
}

std::optional<DeviceAddr> FreeList::allocate(DeviceAddr size, Direction direction) {
    const DeviceAddr need = in_units(size);
    const auto fits = [need](const auto& block) { return block.second >= need; };
    if (direction == Direction::bottom_up) {
        const auto first = std::find_if(free_.begin(), free_.end(), fits);
        if (first == free_.end()) return std::nullopt;
        return take(first, need, direction);
    }
    const auto last = std::find_if(free_.rbegin(), free_.rend(), fits);
    if (last == free_.rend()) return std::nullopt;
    return take(std::prev(last.base()), need, direction);
}

void FreeList::allocate_at(DeviceAddr address, DeviceAddr size) {
    const DeviceAddr need = in_units(size);
    exclude(address, need);
    allocated_.emplace(address, need);
    allocated_bytes_ += need;
}

void FreeList::exclude(DeviceAddr address, DeviceAddr size) {
    const DeviceAddr end = address + size;
    auto block = free_.upper_bound(address);
    if (block != free_.begin()) --block;
    while (block != free_.end() && block->first < end) {
        const auto [begin, length] = *block;
        if (begin + length <= address) {
            ++block;
            continue;
        }
        block = free_.erase(block);
        if (begin < address) free_.emplace(begin, address - begin);
        if (begin + length > end) free_.emplace(end, begin + length - end);
    }
}

void FreeList::deallocate(DeviceAddr address) {
    const auto block = allocated_.find(address);
    if (block == allocated_.end()) return;
    allocated_bytes_ -= block->second;
    auto freed = free_.emplace(block->first, block->second).first;
    allocated_.erase(block);
    if (freed != free_.begin()) {
        const auto before = std::prev(freed);
        if (before->first + before->second == freed->first) {
            before->second += freed->second;
            free_.erase(freed);
            freed = before;
        }
    }
    const auto after = std::next(freed);
    if (after != free_.end() && freed->first + freed->second == after->first) {
        freed->second += after->second;
        free_.erase(after);
    }
}

Statistics FreeList::statistics() const {
    DeviceAddr largest = 0;
    for (const auto& [address, size] : free_) largest = std::max(largest, size);
    return {size_, allocated_bytes_, size_ - allocated_bytes_, largest};
}

std::optional<DeviceAddr> FreeList::lowest_occupied() const {
    if (allocated_.empty()) return std::nullopt;
    return allocated_.begin()->first;
}

}  // namespace plimsoll::model
