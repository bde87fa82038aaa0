#include "agents/ttmetal/buffer_facts.hpp"

#include <atomic>

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
// banks it is spread over: remembered, rounded, by a hash of these.
WordMap<4096> sizes_per_bank;

template <class T>
T read(const Buffer* buffer, std::size_t offset) {
    return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(buffer) + offset);
}

BufferType guess_type(const Buffer* buffer) {
    const auto guess = static_cast<BufferType>(read<std::uint32_t>(buffer, kTypeOffset));
    auto* const is_dram = runtime::buffer_is_dram.get();
    if (is_dram != nullptr && is_dram(buffer)) {
        return guess == BufferType::trace ? guess : BufferType::dram;
    }
    if (runtime::buffer_is_l1 && runtime::buffer_is_l1(buffer)) {
        return guess == BufferType::l1_small ? guess : BufferType::l1;
    }
    return BufferType::system;
}

std::uint64_t size_of_pages(const Buffer* buffer) {
    auto* const pages = runtime::buffer_num_pages.get();
    auto* const size = runtime::buffer_page_size.get();
    return pages == nullptr || size == nullptr ? 0 : pages(buffer) * size(buffer);
}

const Device* device_in_place(const Buffer* buffer) {
    return read<const Device*>(buffer, kDeviceOffset);
}

// As the runtime does it: the unit is a power of two, the same in every region.
std::uint64_t round_up(std::uint64_t bytes, std::uint64_t unit) {
    return unit == 0 ? bytes : (bytes + unit - 1) & ~(unit - 1);
}

// The functions that answer for a buffer: the runtime's own, or what stands for one that this
// release lacks. Chosen once.
struct Answers {
    std::uint32_t (*address)(const Buffer*);
    std::uint64_t (*bytes)(const Buffer*);
    BufferType (*type)(const Buffer*);
    const Device* (*device)(const Buffer*);
    const Allocator* (*allocator)(const Buffer*);
    std::uint64_t (*bytes_per_bank)(const Buffer*);
    std::uint64_t (*page_size)(const Buffer*);
    OptionalCount (*num_cores)(const Buffer*);
};
constinit Answers answers{};
constinit std::atomic<bool> chosen{false};

template <class Function>
Function* one_of(const Symbol<Function>& own, Function* substitute) {
    return own ? own.get() : substitute;
}

// Two threads that choose at once choose the same.
[[gnu::cold, gnu::noinline]] void choose() {
    const auto set = [](auto& to, auto value) { __atomic_store_n(&to, value, __ATOMIC_RELAXED); };
    set(answers.address, one_of(
                             runtime::buffer_address, +[](const Buffer*) { return 0u; }));
    set(answers.bytes, one_of(runtime::buffer_size, size_of_pages));
    set(answers.type, one_of(runtime::buffer_type, guess_type));
    set(answers.device, one_of(runtime::buffer_device, device_in_place));
    set(answers.allocator,
        one_of(
            runtime::buffer_allocator, +[](const Buffer*) -> const Allocator* { return nullptr; }));
    set(answers.bytes_per_bank, one_of(runtime::buffer_aligned_size_per_bank, answers.bytes));
    set(answers.page_size,
        one_of(
            runtime::buffer_page_size, +[](const Buffer*) -> std::uint64_t { return 0; }));
    set(answers.num_cores, one_of(
                               runtime::buffer_num_cores, +[](const Buffer*) {
                                   return OptionalCount{0, 1};
                               }));
    chosen.store(true, std::memory_order_release);
}

}  // namespace

const Device* device_of(const Buffer* buffer) {
    if (!chosen.load(std::memory_order_acquire)) choose();
    return answers.device(buffer);
}

BufferFacts facts_without_address(const Buffer* buffer) {
    if (!chosen.load(std::memory_order_acquire)) choose();
    BufferFacts facts;
    facts.address = 0;
    facts.bytes = answers.bytes(buffer);
    facts.type = answers.type(buffer);
    facts.region = region_of(facts.type);
    facts.device = answers.device(buffer);
    facts.allocator = answers.allocator(buffer);
    return facts;
}

BufferFacts facts_of(const Buffer* buffer) {
    BufferFacts facts = facts_without_address(buffer);
    facts.address = answers.address(buffer);
    return facts;
}

std::uint64_t bytes_per_bank(const Buffer* buffer, const BufferFacts& facts,
                             const DeviceFacts& device) {
    // Host memory is in no bank.
    if (facts.type == BufferType::system) return round_up(facts.bytes, device.alignment);
    const bool is_usual = facts.allocator != nullptr && facts.allocator == device.allocator &&
                          answers.num_cores(buffer).has_value == 0;
    if (__builtin_expect(!is_usual, 0))
        return round_up(answers.bytes_per_bank(buffer), device.alignment);
    const std::uint64_t banks = device.banks[facts.region];
    const std::uint64_t place =
        banks << 32 | device.alignment << 8 | static_cast<std::uint32_t>(facts.type);
    const std::uint64_t key = mix(mix(place, facts.bytes), answers.page_size(buffer));
    std::uint64_t bytes = sizes_per_bank.get(key);
    if (__builtin_expect(bytes == 0, 0)) {
        bytes = round_up(answers.bytes_per_bank(buffer), device.alignment);
        sizes_per_bank.put(key, bytes);
    }
    return bytes;
}

}  // namespace plimsoll::ttmetal
