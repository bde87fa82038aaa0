#include "agents/ttmetal/buffer_facts.hpp"

#include <atomic>

#include "agents/ttmetal/buffer_answers.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

// The runtime works a size per bank out anew each time, and takes its allocator's lock for it. That
// of a buffer which is not sharded depends on no more than its own size, that of its pages, and the
// banks it is spread over: remembered, rounded, by a hash of these.
WordMap<4096> sizes_per_bank;

// Answered by the runtime's functions, or read where they would read it. Each of them is a read or
// two, but together they were a third of what an event cost, since the processor has not met their
// code since the last one.
struct alignas(64) Source {
    std::atomic<bool> is_chosen{false};
    std::atomic<bool> is_in_place{false};
    BufferLayout layout{};
    const BufferAnswers* answers = nullptr;
};
constinit Source source{};

[[gnu::cold, gnu::noinline]] void choose() {
    __atomic_store_n(&source.answers, &choose_answers(), __ATOMIC_RELAXED);
    static constinit std::atomic<bool> is_searched{false};
    if (!is_searched.exchange(true) && find_layout(&source.layout)) {
        source.is_in_place.store(true, std::memory_order_release);
    }
    source.is_chosen.store(true, std::memory_order_release);
}

const BufferAnswers& answers() {
    if (!source.is_chosen.load(std::memory_order_acquire)) choose();
    return *source.answers;
}

bool is_in_place() {
    return __builtin_expect(source.is_in_place.load(std::memory_order_acquire), 1);
}

const char* fields_of(const Buffer* buffer) {
    const auto* const object = reinterpret_cast<const char*>(buffer);
    return source.layout.is_indirect
               ? *reinterpret_cast<const char* const*>(object + source.layout.fields)
               : object;
}

template <class T>
T field(const char* fields, std::uint8_t offset) {
    return *reinterpret_cast<const T*>(fields + offset);
}

// The runtime throws when it is asked where a buffer is that is not allocated yet.
enum class Place { none, allocated };

[[gnu::cold, gnu::noinline]] BufferFacts ask(const Buffer* buffer, Place place) {
    const BufferAnswers& functions = answers();
    BufferFacts facts{};
    facts.bytes = functions.bytes(buffer);
    facts.type = functions.type(buffer);
    facts.region = region_of(facts.type);
    facts.device = functions.device(buffer);
    facts.allocator = functions.allocator(buffer);
    if (place == Place::allocated) {
        facts.address = functions.address(buffer);
        facts.bytes_of_page = functions.bytes_of_page(buffer);
        facts.is_sharded = functions.num_cores(buffer).has_value != 0;
    }
    return facts;
}

BufferFacts read(const Buffer* buffer) {
    constexpr std::uint32_t kFirstSharding = 2;
    const BufferLayout& at = source.layout;
    const char* fields = fields_of(buffer);
    BufferFacts facts;
    facts.address = field<std::uint32_t>(fields, at.address);
    facts.bytes = field<std::uint64_t>(fields, at.bytes);
    facts.bytes_of_page = field<std::uint64_t>(fields, at.bytes_of_page);
    facts.type = static_cast<BufferType>(field<std::uint32_t>(fields, at.type));
    facts.region = region_of(facts.type);
    facts.is_sharded =
        field<std::uint32_t>(fields, at.arrangement) - kFirstSharding <= at.other_shardings;
    facts.device = field<const Device*>(fields, at.device);
    facts.allocator = source.answers->allocator(buffer);
    return facts;
}

// As the runtime does it: the unit is a power of two, the same in every region.
std::uint64_t round_up(std::uint64_t bytes, std::uint64_t unit) {
    return unit == 0 ? bytes : (bytes + unit - 1) & ~(unit - 1);
}

}  // namespace

const Device* device_of(const Buffer* buffer) {
    return is_in_place() ? field<const Device*>(fields_of(buffer), source.layout.device)
                         : answers().device(buffer);
}

BufferFacts facts_of(const Buffer* buffer) {
    if (!is_in_place()) return ask(buffer, Place::allocated);
    return read(buffer);
}

BufferFacts facts_without_address(const Buffer* buffer) {
    BufferFacts facts = is_in_place() ? read(buffer) : ask(buffer, Place::none);
    facts.address = 0;
    return facts;
}

std::uint64_t bytes_per_bank(const Buffer* buffer, const BufferFacts& facts,
                             const DeviceFacts& device) {
    // Host memory is in no bank.
    if (facts.type == BufferType::system) return round_up(facts.bytes, device.alignment);
    const bool is_usual =
        facts.allocator != nullptr && facts.allocator == device.allocator && !facts.is_sharded;
    if (__builtin_expect(!is_usual, 0))
        return round_up(answers().bytes_per_bank(buffer), device.alignment);
    const std::uint64_t banks = device.banks[facts.region];
    const std::uint64_t place =
        banks << 32 | device.alignment << 8 | static_cast<std::uint32_t>(facts.type);
    const std::uint64_t key = mix(mix(place, facts.bytes), facts.bytes_of_page);
    std::uint64_t bytes = sizes_per_bank.get(key);
    if (__builtin_expect(bytes == 0, 0)) {
        bytes = round_up(answers().bytes_per_bank(buffer), device.alignment);
        sizes_per_bank.put(key, bytes);
    }
    return bytes;
}

}  // namespace plimsoll::ttmetal
