#include "ledger/trail.hpp"

#include <algorithm>

namespace plimsoll::ledger {

void Trail::begin(std::uint64_t at, std::uint32_t mark, std::uint32_t live, std::uint64_t bytes) {
    steps_.push_back({at, bytes, live, mark, 1});
    ++births_;
    ++of_level_[0];
    if (of_level_[0] == kEach + kAtOnce) compact();
}

void Trail::merge(Step& into, const Step& from) {
    into.least = std::min(into.least, from.least);
    into.least_bytes = std::min(into.least_bytes, from.least_bytes);
    into.births += from.births;
}

// Of each level that has too many, the oldest ones by twos become the newest of the next level.
void Trail::compact() {
    std::array<std::size_t, kLevels> pairs{};
    std::array<std::size_t, kLevels> there = of_level_;
    for (std::size_t level = 0; level < kLevels && of_level_[level] > kEach; ++level) {
        pairs[level] = (of_level_[level] - kEach + 1) / 2;
        of_level_[level] -= 2 * pairs[level];
        if (level + 1 < kLevels) of_level_[level + 1] += pairs[level];
    }
    auto from = steps_.begin();
    auto to = steps_.begin();
    for (std::size_t level = kLevels; level-- > 0;) {
        for (std::size_t i = 0; i < pairs[level]; ++i, from += 2) {
            Step both = *from;
            merge(both, *(from + 1));
            if (level + 1 == kLevels) {
                forgotten_ += both.births;
            } else {
                *to++ = both;
            }
        }
        const auto rest = static_cast<std::ptrdiff_t>(there[level] - 2 * pairs[level]);
        to = std::copy(from, from + rest, to);
        from += rest;
    }
    steps_.erase(to, steps_.end());
}

void Trail::fall(std::uint32_t live, std::uint64_t bytes) {
    if (steps_.empty()) return;
    Step& last = steps_.back();
    last.least = std::min(last.least, live);
    last.least_bytes = std::min(last.least_bytes, bytes);
}

double Trail::births_until(std::uint64_t at) const {
    const auto next =
        std::upper_bound(steps_.begin(), steps_.end(), at,
                         [](std::uint64_t when, const Step& step) { return when < step.at; });
    double newer = 0;
    for (auto step = next; step != steps_.end(); ++step) newer += step->births;
    const double before = static_cast<double>(births_) - newer;
    if (next == steps_.begin()) return before;
    const Step& inside = *(next - 1);
    if (inside.births == 1 || next == steps_.end()) return before;
    const double part =
        static_cast<double>(at - inside.at) / static_cast<double>(next->at - inside.at);
    return before - (inside.births - 1) * (1 - part);
}

}  // namespace plimsoll::ledger
