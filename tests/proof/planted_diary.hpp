#pragma once

#include <array>
#include <cstdint>

#include "segment/atomics.hpp"

namespace plimsoll::proof {

// Findings that are about allocations, as bits.
enum class Code : std::uint32_t {
    outlives_device = 1,
    cache_holds = 2,
    left_at_exit = 4,
    forgotten = 8,
    freed_late = 16,
    unattributed = 32,
};

class Codes {
  public:
    constexpr Codes() = default;
    constexpr Codes(Code one) : bits_(static_cast<std::uint32_t>(one)) {}
    constexpr explicit Codes(std::uint32_t bits) : bits_(bits) {}

    [[nodiscard]] constexpr bool has(Code one) const { return (bits_ & Codes(one).bits_) != 0; }
    [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
    friend constexpr Codes operator|(Codes a, Codes b) { return Codes(a.bits_ | b.bits_); }

  private:
    std::uint32_t bits_ = 0;
};

// What a planting program knows of one of its allocations. Written before and after each call that
// concerns it, so that it is true whenever the process is killed.
struct Entry {
    enum State : std::uint32_t {
        none,
        moving,   // a call about it has begun and not returned: either way is right
        held,     // takes memory
        waiting,  // its device is closed and it is not over
        over,
    };
    std::uint32_t state;
    std::uint32_t codes;     // Codes that it deserves as it is now
    std::uint32_t unlisted;  // the live table was full: counted, and no row tells of it
    std::uint32_t reserved;  // 1: the runtime's own
    std::uint32_t off_mesh;  // 1: on no device, or on the chip of its thread

    void is(State now, Codes deserved = {}) {
        segment::store(codes, deserved.bits());
        segment::store_release(state, static_cast<std::uint32_t>(now));
    }
    void begins_to_move() { segment::store_release(state, static_cast<std::uint32_t>(moving)); }
};

// Of all threads of one process, in memory that outlives it. Each has a page of its own.
struct Diary {
    static constexpr std::uint32_t kThreads = 4;
    static constexpr std::uint32_t kEntries = 4096;
    struct Refusals {
        std::uint32_t begun, returned;  // calls
    };
    struct Page {
        std::array<Entry, kEntries> entries;
        std::uint32_t used;
        Refusals out_of_memory, clashes;
    };
    std::array<Page, kThreads> pages;
    std::uint64_t steps;
    std::uint32_t differences;  // from the allocator, that were planted
    std::uint32_t differences_begun;
    std::uint32_t turns;  // of the loop that keeps one allocation each time

    // An allocation's address names its entry.
    static std::uint64_t address_of(std::uint32_t page, std::uint32_t entry) {
        return (std::uint64_t{page} * kEntries + entry + 1) * 4096;
    }
};

}  // namespace plimsoll::proof
