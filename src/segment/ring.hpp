#pragma once

#include "segment/atomics.hpp"

// The event ring of one thread, from both sides. The writer never waits and never looks at a
// reader; the newest event overwrites the oldest. A reader keeps its own position and counts what
// it missed, so that produced == received + lost always holds.
namespace plimsoll::segment {

// Brings the cache line here, and takes it away from others, while there is time: a reader on
// another core has read what was last written there, and the next locked instruction waits for all
// stores before it.
inline void prefetch_to_write(const void* line) {
#ifdef __x86_64__
    asm volatile("prefetchw %0" : : "m"(*static_cast<const char*>(line)));
#else
    __builtin_prefetch(line, 1);
#endif
}

inline void push(RingHeader& ring, Event* events, std::uint32_t capacity, std::uint64_t head,
                 const Record& body) {
    const std::uint64_t position = load(ring.produced);
    Event& to = events[position & (capacity - 1)];
    // Partner of the fence in RingCursor::next(): who sees a word of this event also sees that
    // `produced` had reached `position`, and so knows that the older event here is gone.
    __atomic_thread_fence(__ATOMIC_RELEASE);
    store(to.head, head);
    write_record(to.body, body);
    store_release(ring.produced, position + 1);
    prefetch_to_write(&events[(position + 1) & (capacity - 1)]);
}

// A reader's place in one ring.
//
// Trust: `produced` may jump anywhere; a jump backwards is a broken writer and ends the reading,
// a jump forwards is loss. `capacity` was checked by the caller.
class RingCursor {
  public:
    // False: nothing more for now. What was overwritten is counted in lost().
    bool next(const RingHeader& ring, const Event* events, std::uint32_t capacity, Event& out) {
        constexpr int kLooks = 8;  // a writer that outruns us for that long has us come back later
        for (int look = 0; look < kLooks; ++look) {
            const std::uint64_t produced = load_acquire(ring.produced);
            if (produced <= position_) return false;
            if (produced - position_ > capacity) {
                lost_ += produced - capacity - position_;
                position_ = produced - capacity;
            }
            const Event& from = events[position_ & (capacity - 1)];
            out.head = load(from.head);
            for (std::size_t i = 0; i < kRecordWords; ++i) out.body[i] = load(from.body[i]);
            __atomic_thread_fence(__ATOMIC_ACQUIRE);
            if (load(ring.produced) - position_ < capacity) {
                ++position_;
                ++received_;
                return true;
            }
            // The writer may have been inside this very event while we copied it.
            ++lost_;
            ++position_;
        }
        return false;
    }

    [[nodiscard]] std::uint64_t received() const { return received_; }
    [[nodiscard]] std::uint64_t lost() const { return lost_; }
    [[nodiscard]] std::uint64_t position() const { return position_; }

  private:
    std::uint64_t position_ = 0;
    std::uint64_t received_ = 0;
    std::uint64_t lost_ = 0;
};

}  // namespace plimsoll::segment
