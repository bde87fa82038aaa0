#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "bench/micro/cycles.hpp"

namespace plimsoll::bench {

// The value that the given share of them stays below; 0 when there is none.
inline double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at),
                     values.end());
    return values[at];
}

// What one kind of call took. Bursts of calls between two time stamps give the median, as the
// processor overlaps calls that follow each other; single calls between two give the tail, less
// what two time stamps take by themselves.
struct Samples {
    std::vector<double> burst_ns;  // per call
    std::vector<double> single_ns;
    std::vector<double> of_rounds;  // the median of each round's bursts

    void end_round(std::size_t bursts_before) {
        of_rounds.push_back(quantile(
            {burst_ns.begin() + static_cast<std::ptrdiff_t>(bursts_before), burst_ns.end()}, 0.5));
    }
};

// Nanoseconds between two time stamps with nothing between them.
inline double empty_ns() {
    static const double least = [] {
        std::vector<double> tries;
        for (int i = 0; i < 10'000; ++i) {
            const std::uint64_t from = cycles();
            tries.push_back(static_cast<double>(cycles() - from) * ns_per_cycle());
        }
        return quantile(std::move(tries), 0.5);
    }();
    return least;
}

}  // namespace plimsoll::bench
