#include "ledger/trail.hpp"

#include <algorithm>

namespace plimsoll::ledger {

void Trail::begin(std::uint64_t at, std::uint32_t mark, std::uint32_t live, std::uint64_t bytes) {
    steps_.push_back({at, bytes, live, mark, 1});
    ++births_;
    ++of_level_[0];
    std::size_t newer = 0;  // steps of lower levels
    for (std::size_t level = 0; of_level_[level] > kEach; ++level) {
        const std::size_t oldest = steps_.size() - newer - of_level_[level];
        if (level + 1 == kLevels) {
            forgotten_ += steps_[oldest].births;
            steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(oldest));
            --of_level_[level];
            return;
        }
        merge(oldest);
        of_level_[level] = static_cast<std::uint8_t>(of_level_[level] - 2);
        ++of_level_[level + 1];
        newer += of_level_[level];
    }
}

void Trail::merge(std::size_t older) {
    Step& into = steps_[older];
    const Step& from = steps_[older + 1];
    into.least = std::min(into.least, from.least);
    into.least_bytes = std::min(into.least_bytes, from.least_bytes);
    into.births += from.births;
    steps_.erase(steps_.begin() + static_cast<std::ptrdiff_t>(older) + 1);
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
