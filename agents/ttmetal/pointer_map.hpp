#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// From a runtime's object to what the agent knows about it (a value that is never 0). Fixed size
// and all zero at first: make one with static storage, where it costs no more than the pages it
// comes to touch. Its members are plain words, so no constructor has to run for that.
//
// A bucket is seven keys and a word that says "keys of mine went to the next bucket" in one cache
// line, and their values in a second. That word is never cleared, so a key may be taken out of the
// middle of a chain without leaving a mark behind. Neighbouring objects share pages of the table.
//
// Threads: any, no lock, no waiting. The runtime makes and destroys one object on one thread at a
// time; for one key, calls are ordered by the program itself.
template <std::size_t kBuckets>
class PointerMap {
    static_assert((kBuckets & (kBuckets - 1)) == 0, "a power of two");

  public:
    static constexpr std::size_t kKeysPerBucket = 7;
    static constexpr std::size_t kMaxProbes = kBuckets < 64 ? kBuckets : 64;

    // Replaces the value of a key that is there already: its object died unseen and the address
    // was used again. False: no room near its place.
    bool put(const void* key, std::uint64_t value) {
        const auto wanted = reinterpret_cast<Word>(key);
        if (Word* held = find(wanted)) {
            Atomic(*held).store(value, std::memory_order_release);
            return true;
        }
        std::size_t at = home(wanted);
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe, at = (at + 1) % kBuckets) {
            Bucket& bucket = buckets_[at];
            for (std::size_t i = 0; i < kKeysPerBucket; ++i) {
                Word empty = 0;
                if (Atomic(bucket.keys[i]).load(std::memory_order_relaxed) == 0 &&
                    Atomic(bucket.keys[i])
                        .compare_exchange_strong(empty, wanted, std::memory_order_acq_rel)) {
                    Atomic(bucket.values[i]).store(value, std::memory_order_release);
                    return true;
                }
            }
            Atomic(bucket.overflowed).store(1, std::memory_order_release);
        }
        return false;
    }

    // 0: unknown.
    std::uint64_t get(const void* key) {
        Word* held = find(reinterpret_cast<Word>(key));
        return held == nullptr ? 0 : Atomic(*held).load(std::memory_order_acquire);
    }

    // Takes the key out. 0: it was unknown.
    std::uint64_t take(const void* key) {
        Word* held = find(reinterpret_cast<Word>(key));
        if (held == nullptr) return 0;
        const std::uint64_t value = Atomic(*held).exchange(0, std::memory_order_acq_rel);
        // Value first: whoever takes the free place must not have its own value cleared.
        Atomic(*key_of(held)).store(0, std::memory_order_release);
        return value;
    }

  private:
    using Word = std::uint64_t;
    using Atomic = std::atomic_ref<Word>;

    struct alignas(64) Bucket {
        Word keys[kKeysPerBucket];
        Word overflowed;
        Word values[kKeysPerBucket];
        Word unused;
    };
    static_assert(sizeof(Bucket) == 128);

    static std::size_t home(Word key) { return ((key >> 9) ^ (key >> 26)) % kBuckets; }

    // The value of a key.
    Word* find(Word key) {
        if (key == 0) return nullptr;
        std::size_t at = home(key);
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe, at = (at + 1) % kBuckets) {
            Bucket& bucket = buckets_[at];
            for (std::size_t i = 0; i < kKeysPerBucket; ++i) {
                if (Atomic(bucket.keys[i]).load(std::memory_order_acquire) == key) {
                    return &bucket.values[i];
                }
            }
            if (Atomic(bucket.overflowed).load(std::memory_order_acquire) == 0) return nullptr;
        }
        return nullptr;
    }

    // In a bucket the values follow the keys at a fixed distance.
    static Word* key_of(Word* value) { return value - (kKeysPerBucket + 1); }

    Bucket buckets_[kBuckets];
};

}  // namespace plimsoll::ttmetal
