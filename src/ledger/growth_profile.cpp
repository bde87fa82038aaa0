#include "ledger/growth_profile.hpp"

#include <algorithm>
#include <array>

namespace plimsoll::ledger {
namespace {

// The rule's numbers. Growth must show in each quarter of its time, so that what was made in one
// go, or stopped, is none; five times at least, for by chance that is seldom.
constexpr std::size_t kQuarters = 4;
constexpr std::size_t kLeastRises = 5;
// As long as they are few, they must come evenly: no gap is so many times the mean one.
constexpr std::size_t kFewRises = 12;
constexpr double kUnevenGap = 2;
// What fills up slows down, and what is only high by chance has risen just now: each half must have
// this part of what the other half has.
constexpr double kHalfOfOther = 0.5;
// What is given back again and again may have risen by as much as it ever fell, twice.
constexpr std::uint64_t kOfLargestFall = 3;
constexpr double kLowsPerTime = 12;
// Each time that is tried is so much shorter than the one before.
constexpr double kShorter = 0.9;

std::uint64_t of(Measure measure, std::uint64_t allocations, std::uint64_t bytes) {
    return measure == Measure::allocations ? allocations : bytes;
}

// Whether what is live rose by far more than it ever fell, both seen at intervals of `width`
// iterations: `before` is what it was before.
bool outgrows_falls(const std::vector<Low>& lows, double width, std::uint64_t before) {
    std::uint64_t highest = 0;
    std::uint64_t fall = 0;
    for (std::size_t i = 0; i < lows.size();) {
        const double end = lows[i].when + width;
        std::uint64_t least = lows[i].least;
        for (; i < lows.size() && lows[i].when < end; ++i) least = std::min(least, lows[i].least);
        highest = std::max(highest, least);
        fall = std::max(fall, highest - least);
    }
    // The last interval may be short: it counts from its end.
    std::uint64_t last = lows.back().least;
    for (auto low = lows.rbegin(); low != lows.rend(); ++low) {
        if (lows.back().when - low->when >= width) break;
        last = std::min(last, low->least);
    }
    return last >= before + kOfLargestFall * fall;
}

bool grows_for(const Profile& profile, double iterations) {
    const std::vector<Rise>& rises = profile.rises;
    const double end = rises.back().when;
    std::array<std::uint64_t, kQuarters> quarters{};  // newest first
    std::size_t count = 0;
    for (auto rise = rises.rbegin(); rise != rises.rend(); ++rise, ++count) {
        const double age = end - rise->when;
        if (age >= iterations) break;
        quarters[static_cast<std::size_t>(age * kQuarters / iterations)] += rise->by;
    }
    if (count < kLeastRises || std::count(quarters.begin(), quarters.end(), 0) != 0) return false;
    const std::uint64_t newer = quarters[0] + quarters[1];
    const std::uint64_t older = quarters[2] + quarters[3];
    const auto [less, more] = std::minmax(newer, older);
    if (static_cast<double>(less) < kHalfOfOther * static_cast<double>(more)) return false;
    const Rise& last = rises.back();
    const std::uint64_t before = profile.measure == Measure::allocations
                                     ? last.allocations - newer - older
                                     : last.bytes - newer - older;
    return outgrows_falls(profile.lows, std::max(1.0, iterations / kLowsPerTime), before);
}

}  // namespace

double iteration_at(Loop loop, std::uint64_t at, std::uint32_t mark) {
    return loop == nullptr ? mark + 1.0 : loop->trail.births_until(at);
}

std::vector<Rise> rises_of(const GrowthGroup& group, Measure measure) {
    const std::vector<Step>& steps = group.trail.steps();
    std::vector<Rise> rises;
    std::uint64_t allocations = group.live;
    std::uint64_t bytes = group.live_bytes;
    for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
        allocations = std::min<std::uint64_t>(allocations, step->least);
        bytes = std::min(bytes, step->least_bytes);
        const auto before = std::next(step);
        const bool first = before == steps.rend();
        const std::uint64_t stayed = first ? group.base : before->least;
        const std::uint64_t stayed_bytes = first ? group.base_bytes : before->least_bytes;
        const std::uint64_t more = allocations - std::min(allocations, stayed);
        const std::uint64_t more_bytes = bytes - std::min(bytes, stayed_bytes);
        const std::uint64_t by = measure == Measure::allocations ? more : more_bytes;
        if (by > 0)
            rises.push_back({0, step->at, step->births == 1, by, more_bytes, allocations, bytes});
    }
    std::reverse(rises.begin(), rises.end());
    return rises;
}

Profile profile_of(const GrowthGroup& group, Measure measure, Loop loop) {
    Profile profile;
    profile.measure = measure;
    for (const Step& step : group.trail.steps()) {
        profile.lows.push_back(
            {iteration_at(loop, step.at, step.mark), of(measure, step.least, step.least_bytes)});
    }
    std::size_t step = 0;
    for (Rise rise : rises_of(group, measure)) {
        while (group.trail.steps()[step].at != rise.at) ++step;
        rise.when = profile.lows[step].when;
        std::vector<Rise>& rises = profile.rises;
        if (!rises.empty() && rise.when - rises.back().when < 0.5) {
            rise.by += rises.back().by;
            rise.by_bytes += rises.back().by_bytes;
            rise.when = rises.back().when;
            rise.at = rises.back().at;
            rises.back() = rise;
        } else {
            rises.push_back(rise);
        }
    }
    return profile;
}

std::optional<Span> grows(const Profile& profile, double least_iterations) {
    const std::vector<Rise>& rises = profile.rises;
    if (rises.size() < kLeastRises) return std::nullopt;
    const double end = rises.back().when;
    for (double time = end; time >= least_iterations; time *= kShorter) {
        if (!grows_for(profile, time)) continue;
        Span span;
        while (end - rises[span.first].when >= time) ++span.first;
        for (std::size_t i = span.first + 1; i < rises.size(); ++i) {
            span.largest_gap = std::max(span.largest_gap, rises[i].when - rises[i - 1].when);
        }
        span.largest_gap /= std::max(1.0, end - rises[span.first].when);
        const auto gaps = static_cast<double>(rises.size() - span.first - 1);
        if (gaps + 1 < kFewRises && span.largest_gap * gaps > kUnevenGap) continue;
        return span;
    }
    return std::nullopt;
}

}  // namespace plimsoll::ledger
