#include "agents/ttmetal/buffer_facts.hpp"

#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

// Where releases before 0.80 keep the device and the type, in bytes from the buffer. Neither is
// believed by itself: the type must agree with is_dram() and is_l1(), which every release exports,
// and the caller accepts the device only when its address is that of an open device.
constexpr std::size_t kDeviceOffset = 16;
constexpr std::size_t kTypeOffset = 32;

// The runtime works a size per bank out anew each time, and takes its allocator's lock for it. That
// of a buffer which is not sharded depends on no more than its own size, that of its pages, and the
// banks it is spread over: remembered by a hash of these.
WordMap<4096> sizes_per_bank;

bool is_sharded(const Buffer* buffer) {
    return !runtime::buffer_num_cores || runtime::buffer_num_cores(buffer).has_value != 0;
}

template <class T>
T read(const Buffer* buffer, std::size_t offset) {
    return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(buffer) + offset);
}

BufferType type_of(const Buffer* buffer) {
    if (runtime::buffer_type) return runtime::buffer_type(buffer);
    const auto guess = static_cast<BufferType>(read<std::uint32_t>(buffer, kTypeOffset));
    if (runtime::buffer_is_dram && runtime::buffer_is_dram(buffer)) {
        return guess == BufferType::trace ? guess : BufferType::dram;
    }
    if (runtime::buffer_is_l1 && runtime::buffer_is_l1(buffer)) {
        return guess == BufferType::l1_small ? guess : BufferType::l1;
    }
    return BufferType::system;
}

std::uint64_t bytes_of(const Buffer* buffer) {
    if (runtime::buffer_size) return runtime::buffer_size(buffer);
    if (!runtime::buffer_num_pages || !runtime::buffer_page_size) return 0;
    return runtime::buffer_num_pages(buffer) * runtime::buffer_page_size(buffer);
}

}  // namespace

BufferFacts facts_of(const Buffer* buffer) {
    BufferFacts facts{};
    facts.address = runtime::buffer_address ? runtime::buffer_address(buffer) : 0;
    facts.bytes = bytes_of(buffer);
    facts.type = type_of(buffer);
    facts.device = runtime::buffer_device ? runtime::buffer_device(buffer)
                                          : read<const Device*>(buffer, kDeviceOffset);
    facts.allocator = runtime::buffer_allocator ? runtime::buffer_allocator(buffer) : nullptr;
    return facts;
}

std::uint64_t bytes_per_bank(const Buffer* buffer, const BufferFacts& facts,
                             const DeviceFacts& device) {
    // Host memory is in no bank.
    if (facts.type == BufferType::system || !runtime::buffer_aligned_size_per_bank) {
        return facts.bytes;
    }
    const bool usual = facts.allocator != nullptr && facts.allocator == device.allocator &&
                       !is_sharded(buffer) && runtime::buffer_page_size;
    if (!usual) return runtime::buffer_aligned_size_per_bank(buffer);
    std::uint64_t place = device.banks[region_of(facts.type)];
    place = place << 32 | device.alignment << 8 | static_cast<std::uint32_t>(facts.type);
    const std::uint64_t key =
        mix(mix(mix(place, facts.bytes), runtime::buffer_page_size(buffer)), 0);
    std::uint64_t bytes = sizes_per_bank.get(key);
    if (bytes == 0) {
        bytes = runtime::buffer_aligned_size_per_bank(buffer);
        sizes_per_bank.put(key, bytes);
    }
    return bytes;
}

}  // namespace plimsoll::ttmetal
