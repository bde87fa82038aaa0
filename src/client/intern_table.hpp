#pragma once

#include <cstddef>
#include <cstdint>

#include "segment/atomics.hpp"

namespace plimsoll::client {

// FNV-1a: short keys, no tables, good enough for an index that probes.
inline std::uint64_t hash_bytes(const void* bytes, std::size_t length) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::size_t i = 0; i < length; ++i) hash = (hash ^ at[i]) * 0x100000001b3;
    return hash ^ hash >> 29;
}

// The private index of a table that only grows in shared memory: finds the entry that equals a
// key, or makes it. Two threads that make the same entry at once may waste one; nobody waits.
//
// Memory: `slots` is borrowed, a power of two of numbers, 0 meaning none.
class InternTable {
  public:
    void reset(std::uint32_t* slots, std::uint32_t count) {
        slots_ = slots;
        mask_ = count - 1;
    }

    // equals(entry) compares the key with an entry; make() returns a new one, or 0 when full.
    template <class Equals, class Make>
    std::uint32_t find_or_make(std::uint64_t hash, Equals equals, Make make) {
        constexpr std::uint32_t kProbes = 64;
        std::uint32_t made = 0;
        for (std::uint32_t probe = 0; probe < kProbes; ++probe) {
            std::uint32_t& slot = slots_[(hash + probe) & mask_];
            std::uint32_t entry = segment::load_acquire(slot);
            if (entry == 0) {
                if (made == 0) made = make();
                if (made == 0) return 0;
                if (segment::exchange_if(slot, 0u, made)) return made;
                entry = segment::load_acquire(slot);
            }
            if (equals(entry)) return entry;
        }
        return made;  // a crowded neighbourhood: the entry is good, only not found again
    }

  private:
    std::uint32_t* slots_ = nullptr;
    std::uint32_t mask_ = 0;
};

}  // namespace plimsoll::client
