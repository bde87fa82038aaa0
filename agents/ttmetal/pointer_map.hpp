#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// A hash table of fixed size, whose keys have a value that is never 0. A bucket is one cache line:
// three keys, a word that says "keys of mine went to the next bucket", and the keys' values. That
// word is never cleared, so a key may be taken out of the middle of a chain without leaving a mark
// behind, and a chain that ends tells that a key is nowhere.
template <std::size_t kBuckets, std::size_t kMaxProbes>
class BucketTable {
    static_assert((kBuckets & (kBuckets - 1)) == 0, "a power of two");

  public:
    using Word = std::uint64_t;
    using Atomic = std::atomic_ref<Word>;
    static constexpr std::size_t kKeysPerBucket = 3;

    struct alignas(64) Bucket {
        Word keys[kKeysPerBucket];
        Word overflowed;
        Word values[kKeysPerBucket];
        Word unused;

        // The key's value; null when it is not in this bucket.
        Word* find(Word key) {
#pragma GCC unroll 3
            for (std::size_t i = 0; i < kKeysPerBucket; ++i) {
                if (Atomic(keys[i]).load(std::memory_order_acquire) == key) return &values[i];
            }
            return nullptr;
        }

        // False: no room.
        bool insert(Word key, Word value) {
#pragma GCC unroll 3
            for (std::size_t i = 0; i < kKeysPerBucket; ++i) {
                Word empty = 0;
                if (Atomic(keys[i]).load(std::memory_order_relaxed) == 0 &&
                    Atomic(keys[i]).compare_exchange_strong(empty, key,
                                                            std::memory_order_acq_rel)) {
                    Atomic(values[i]).store(value, std::memory_order_release);
                    return true;
                }
            }
            return false;
        }

        bool has_overflowed() { return Atomic(overflowed).load(std::memory_order_acquire) != 0; }
    };
    static_assert(sizeof(Bucket) == 64);

    Bucket& operator[](std::size_t at) { return buckets_[at]; }

    // The value of a key whose place is bucket `at`. Null: it is not here; then `beyond` says
    // whether there may have been no room for it.
    Word* find(Word key, std::size_t at, bool* beyond) {
        *beyond = false;
        for (std::size_t probe = 0; probe < kProbes; ++probe, at = (at + 1) % kBuckets) {
            if (Word* held = buckets_[at].find(key)) return held;
            if (!buckets_[at].has_overflowed()) return nullptr;
        }
        *beyond = true;
        return nullptr;
    }

    // False: no room near its place.
    bool insert(Word key, std::size_t at, Word value) {
        for (std::size_t probe = 0; probe < kProbes; ++probe, at = (at + 1) % kBuckets) {
            if (buckets_[at].insert(key, value)) return true;
            Atomic(buckets_[at].overflowed).store(1, std::memory_order_release);
        }
        return false;
    }

    // Takes the key of a value that find() found out, and gives the value.
    static Word take(Word* held) {
        const Word value = Atomic(*held).load(std::memory_order_acquire);
        // Value first: whoever takes the free place must not have its own value cleared. In a
        // bucket the values follow the keys at a fixed distance.
        Atomic(*held).store(0, std::memory_order_relaxed);
        Atomic(*(held - (kKeysPerBucket + 1))).store(0, std::memory_order_release);
        return value;
    }

  private:
    static constexpr std::size_t kProbes = kBuckets < kMaxProbes ? kBuckets : kMaxProbes;

    Bucket buckets_[kBuckets];
};

// From a runtime's object to what the agent knows about it (a value that is never 0). Fixed size
// and all zero at first: make one with static storage, where it costs no more than the pages it
// comes to touch. Its members are plain words, so no constructor has to run for that.
//
// A key goes to a small table as long as there is room near its place, which is any place of it:
// objects that come and go at ever new addresses touch no more than the small table. What finds no
// room, because many objects are alive, goes to the large one, where neighbours share pages.
//
// Threads: any, no lock, no waiting. The runtime makes and destroys one object on one thread at a
// time; for one key, calls are ordered by the program itself.
template <std::size_t kBuckets>
class PointerMap {
  public:
    static constexpr std::size_t kSmallBuckets = kBuckets < 64 ? 1 : kBuckets / 64;
    static constexpr std::size_t kCapacity =
        (kSmallBuckets + kBuckets) * BucketTable<1, 1>::kKeysPerBucket;

    // Replaces the value of a key that is there already: its object died unseen and the address
    // was used again. False: no room near its place.
    bool put(const void* key, std::uint64_t value) {
        const auto wanted = reinterpret_cast<Word>(key);
        SmallBucket& home = small_[small_home(wanted)];
        if (Word* held = find(wanted, home)) {
            std::atomic_ref(*held).store(value, std::memory_order_release);
            return true;
        }
        return home.insert(wanted, value) || insert_beyond(wanted, value);
    }

    // 0: unknown.
    std::uint64_t get(const void* key) {
        const auto wanted = reinterpret_cast<Word>(key);
        Word* held = find(wanted, small_[small_home(wanted)]);
        return held == nullptr ? 0 : std::atomic_ref(*held).load(std::memory_order_acquire);
    }

    // Takes the key out. 0: it was unknown.
    std::uint64_t take(const void* key) {
        const auto wanted = reinterpret_cast<Word>(key);
        Word* held = find(wanted, small_[small_home(wanted)]);
        return held == nullptr ? 0 : Large::take(held);
    }

  private:
    using Word = std::uint64_t;
    using Small = BucketTable<kSmallBuckets, 4>;
    using SmallBucket = typename Small::Bucket;
    using Large = BucketTable<kBuckets, 64>;

    static std::size_t small_home(Word key) {
        return ((key >> 4) * 0x9E3779B97F4A7C15u >> 32) % kSmallBuckets;
    }
    static std::size_t large_home(Word key) { return ((key >> 9) ^ (key >> 26)) % kBuckets; }

    // Nearly every key is in its home: what is behind it is seldom looked at.
    Word* find(Word key, SmallBucket& home) {
        if (key == 0) return nullptr;
        Word* held = home.find(key);
        return held != nullptr || !home.has_overflowed() ? held : find_beyond(key);
    }

    [[gnu::noinline]] Word* find_beyond(Word key) {
        bool beyond = false;
        Word* held = small_.find(key, small_home(key), &beyond);
        return held != nullptr || !beyond ? held : large_.find(key, large_home(key), &beyond);
    }

    [[gnu::noinline]] bool insert_beyond(Word key, Word value) {
        return small_.insert(key, small_home(key), value) ||
               large_.insert(key, large_home(key), value);
    }

    Small small_;
    Large large_;
};

}  // namespace plimsoll::ttmetal
