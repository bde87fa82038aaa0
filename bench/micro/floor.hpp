#pragma once

#include <x86intrin.h>

#include <array>
#include <cstdint>

namespace plimsoll::bench {

// The least that any record of an event costs: a time stamp and a store of a cache line, into a
// ring that nobody reads. It tells nobody what is live.
class Floor {
  public:
    [[gnu::noinline]] void allocate(std::size_t i) { store(i); }
    [[gnu::noinline]] void free(std::size_t i) { store(i); }

  private:
    struct alignas(64) Event {
        std::array<std::uint64_t, 8> words;
    };
    static constexpr std::size_t kEvents = 16 * 1024;

    void store(std::size_t i) {
        Event& event = ring_[next_++ % kEvents];
        event.words = {__rdtsc(), i, i * 32, 384, 32, 12, 1, next_};
        asm volatile("" ::: "memory");
    }

    std::array<Event, kEvents> ring_{};
    std::size_t next_ = 0;
};

}  // namespace plimsoll::bench
