#pragma once

#include <array>
#include <cstddef>

#include "bench/micro/samples.hpp"

namespace plimsoll::bench {

// What a contender has: allocate(i) and free(i), where i names one of kBurst buffers that are
// allocated and then freed again and again, by one thread.
inline constexpr std::size_t kBurst = 32;

struct Pair {
    Samples allocate;
    Samples free;
};

namespace detail {

template <class Call>
void burst(Samples& samples, Call call) {
    const std::uint64_t from = cycles();
    for (std::size_t i = 0; i < kBurst; ++i) call(i);
    const auto taken = static_cast<double>(cycles() - from) * ns_per_cycle() - empty_ns();
    samples.burst_ns.push_back(taken / kBurst);
}

template <class Call>
void singles(Samples& samples, Call call) {
    for (std::size_t i = 0; i < kBurst; ++i) {
        const std::uint64_t from = cycles();
        call(i);
        const auto taken = static_cast<double>(cycles() - from) * ns_per_cycle() - empty_ns();
        samples.single_ns.push_back(std::max(taken, 0.0));
    }
}

}  // namespace detail

// One round: so many bursts, each followed by as many single calls.
template <class Contender>
void measure_round(Contender& contender, Pair& pair, std::size_t bursts) {
    const auto allocate = [&](std::size_t i) { contender.allocate(i); };
    const auto free = [&](std::size_t i) { contender.free(i); };
    const std::size_t before = pair.allocate.burst_ns.size();
    for (std::size_t n = 0; n < bursts; ++n) {
        detail::burst(pair.allocate, allocate);
        detail::burst(pair.free, free);
        detail::singles(pair.allocate, allocate);
        detail::singles(pair.free, free);
    }
    pair.allocate.end_round(before);
    pair.free.end_round(before);
}

}  // namespace plimsoll::bench
