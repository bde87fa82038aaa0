#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// Remembers what a key that is a hash of everything it stands for was found to mean. Keys come and
// never go; when there is no room left, more are not remembered. Make one with static storage.
//
// Threads: any, no lock. A key whose value is on its way counts as unknown.
template <std::size_t kSlots>
class WordMap {
    static_assert((kSlots & (kSlots - 1)) == 0, "a power of two");

  public:
    // 0: unknown.
    std::uint64_t get(std::uint64_t key) {
        Slot& home = slots_[key % kSlots];
        const bool is_home = Atomic(home.key).load(std::memory_order_acquire) == key;
        if (__builtin_expect(is_home, 1)) return Atomic(home.value).load(std::memory_order_acquire);
        return get_behind(key);
    }

    void put(std::uint64_t key, std::uint64_t value) {
        if (key == 0) return;
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe) {
            Slot& slot = slots_[(key + probe) % kSlots];
            std::uint64_t held = 0;
            if (Atomic(slot.key).compare_exchange_strong(held, key, std::memory_order_acq_rel) ||
                held == key) {
                Atomic(slot.value).store(value, std::memory_order_release);
                return;
            }
        }
    }

  private:
    static constexpr std::size_t kMaxProbes = kSlots < 32 ? kSlots : 32;
    using Atomic = std::atomic_ref<std::uint64_t>;

    struct Slot {
        std::uint64_t key;
        std::uint64_t value;
    };

    // Not at its home, where another one came first.
    [[gnu::noinline]] std::uint64_t get_behind(std::uint64_t key) {
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe) {
            Slot& slot = slots_[(key + probe) % kSlots];
            const std::uint64_t held = Atomic(slot.key).load(std::memory_order_acquire);
            if (held == key) return Atomic(slot.value).load(std::memory_order_acquire);
            if (held == 0) return 0;
        }
        return 0;
    }

    Slot slots_[kSlots];
};

inline constexpr std::uint64_t kMixer = 0x9E3779B97F4A7C15u;

// Continues a hash with one more word.
constexpr std::uint64_t mix(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * kMixer;
    return hash ^ (hash >> 29);
}

}  // namespace plimsoll::ttmetal
