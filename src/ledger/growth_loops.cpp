#include "ledger/growth_loops.hpp"

#include <algorithm>

namespace plimsoll::ledger {
namespace {

// A line whose allocations come and go: at least this part of them went. Of the group in question
// itself a smaller part is enough to tell it from weights.
constexpr double kComeAndGo = 0.5;
constexpr double kSomeGo = 0.25;

bool goes(const GrowthGroup& group, double part) {
    return static_cast<double>(group.frees) >= part * static_cast<double>(group.births);
}

}  // namespace

Lately lately(const std::vector<Rise>& rises) {
    Lately last{rises.front().at, 0};
    for (std::size_t i = 0; i < rises.size(); ++i) {
        if (rises[i].exact && last.times == 0) last.since = rises[i].at;
        const bool apart = i == 0 || rises[i].at != rises[i - 1].at + 1;
        if (rises[i].exact && (apart || last.times == 0)) ++last.times;
    }
    if (last.times < 2) return {rises.front().at, static_cast<double>(rises.size())};
    return last;
}

bool computes(const GrowthTracker& tracker, const GrowthGroup& group) {
    if (group.work != Work::unknown) return group.work == Work::computes;
    return tracker.made_programs(group.call_site);
}

std::vector<Turning> loops(const GrowthTracker& tracker, const GrowthGroup& grown,
                           const std::vector<Rise>& rises, std::uint64_t since) {
    const std::uint64_t first = rises.front().at;
    const std::uint64_t last = rises.back().at;
    std::vector<Turning> found;
    double computed = 0;
    for (const GrowthGroup& group : tracker.groups()) {
        if (group.kind != Kind::buffer || group.call_site.value == 0) continue;
        const bool is_it = &group == &grown;
        const bool comes_and_goes = goes(group, is_it ? kSomeGo : kComeAndGo);
        if (!comes_and_goes && !is_it) continue;
        const double until = group.trail.births_until(last);
        const double turns = until - group.trail.births_until(first);
        if (computes(tracker, group)) computed = std::max(computed, turns);
        const bool turns_meanwhile = is_it || turns >= 1;
        if (comes_and_goes && turns_meanwhile)
            found.push_back({&group, turns, until - group.trail.births_until(since)});
    }
    std::erase_if(
        found, [&](const Turning& one) { return one.loop != &grown && one.turns > computed + 1; });
    std::stable_sort(found.begin(), found.end(),
                     [](const Turning& a, const Turning& b) { return a.turns < b.turns; });
    return found;
}

bool goes_on_without(const GrowthTracker& tracker, Loop loop, const Rise& first, const Rise& last,
                     double part) {
    const double until = loop->trail.births_until(last.at);
    const double turns = until - loop->trail.births_until(first.at);
    return loop->trail.births_until(tracker.births()) - until > part * turns + 1;
}

}  // namespace plimsoll::ledger
