#pragma once

#include <cstdint>

#include "segment/atomics.hpp"

namespace plimsoll::client {

// Hands out the entries of a table: those given back first, else the next one never used.
//
// Threads: any number, without locks; a failed exchange means that another thread went ahead.
// Memory:  `next` is borrowed, one number per entry. The head carries a count of changes, so that
//          an entry which left and came back between our look and our exchange is noticed.
class FreeList {
  public:
    static constexpr std::uint32_t kNone = 0xffffffff;

    // Entries first..limit-1 are handed out; `used` is the high-water mark readers scan up to.
    void reset(std::uint32_t* next, std::uint32_t* used, std::uint32_t first, std::uint32_t limit) {
        next_ = next;
        used_ = used;
        limit_ = limit;
        high_ = first;
        head_ = kNone;
        segment::store(*used_, first);
    }

    [[gnu::cold, gnu::noinline]] std::uint32_t take() {
        std::uint64_t head = segment::load_acquire(head_);
        while (index_of(head) != kNone) {
            const std::uint32_t index = index_of(head);
            const std::uint64_t next = changed(head, segment::load(next_[index]));
            if (__atomic_compare_exchange_n(&head_, &head, next, true, __ATOMIC_ACQ_REL,
                                            __ATOMIC_ACQUIRE)) {
                return index;
            }
        }
        std::uint32_t used = segment::load(*used_);
        while (used < limit_) {
            if (__atomic_compare_exchange_n(used_, &used, used + 1, true, __ATOMIC_ACQ_REL,
                                            __ATOMIC_RELAXED)) {
                segment::raise_to(high_, used + 1);
                return used;
            }
        }
        return kNone;
    }

    [[gnu::cold, gnu::noinline]] void give_back(std::uint32_t index) {
        std::uint64_t head = segment::load(head_);
        do {
            segment::store(next_[index], index_of(head));
        } while (!__atomic_compare_exchange_n(&head_, &head, changed(head, index), true,
                                              __ATOMIC_RELEASE, __ATOMIC_RELAXED));
    }

    // Above every entry that was handed out and can have been given back. Unlike the shared mark it
    // is copied by fork together with the list, so a child's mark must not begin below it.
    [[nodiscard]] std::uint32_t high() const { return segment::load(high_); }

  private:
    static std::uint32_t index_of(std::uint64_t head) { return static_cast<std::uint32_t>(head); }
    static std::uint64_t changed(std::uint64_t head, std::uint32_t index) {
        return ((head >> 32) + 1) << 32 | index;
    }

    std::uint64_t head_ = kNone;
    std::uint32_t* next_ = nullptr;
    std::uint32_t* used_ = nullptr;
    std::uint32_t limit_ = 0;
    std::uint32_t high_ = 0;
};

}  // namespace plimsoll::client
