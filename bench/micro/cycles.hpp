#pragma once

#include <time.h>
#include <x86intrin.h>

#include <chrono>
#include <cstdint>

namespace plimsoll::bench {

// The processor's time stamp, taken when all before it is done.
inline std::uint64_t cycles() {
    unsigned core = 0;
    const std::uint64_t now = __rdtscp(&core);
    _mm_lfence();
    return now;
}

// Processor time of this thread: it does not go on while others have the core.
inline double thread_ns() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// How many nanoseconds one step of the time stamp is, from a tenth of a second of both clocks.
inline double ns_per_cycle() {
    using Clock = std::chrono::steady_clock;
    static const double ratio = [] {
        const auto begin = Clock::now();
        const std::uint64_t from = cycles();
        while (Clock::now() - begin < std::chrono::milliseconds(100)) {
        }
        const std::uint64_t to = cycles();
        const std::chrono::duration<double, std::nano> passed = Clock::now() - begin;
        return passed.count() / static_cast<double>(to - from);
    }();
    return ratio;
}

}  // namespace plimsoll::bench
