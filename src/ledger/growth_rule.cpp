#include "ledger/growth_rule.hpp"

#include <algorithm>
#include <cmath>

#include "ledger/growth_loops.hpp"
#include "ledger/growth_profile.hpp"

namespace plimsoll::ledger {
namespace {

// Warm-up is over by then. A program's own allocations come with each new program, and a network
// may have some in its first pass: those are waited for longer.
constexpr double kLeastIterations = 10;
constexpr double kLeastIterationsOfPrograms = 16;
// It has stopped when a loop turned on for that many of the gaps there were, or as many times the
// largest one, without growth; or when the program has done other work since, so much of what it
// did while it grew.
constexpr double kGapsWithout = 3;
constexpr double kLargestGapsWithout = 1.25;
constexpr double kLaterWork = 0.5;
// A loop that turns more often than that for each rise is inside of the one that matters.
constexpr double kTurnsOfInner = 3;
// Bounds on the work for a process that means ill.
constexpr std::size_t kMostCandidates = 256;
constexpr std::size_t kMostLoops = 16;

struct Candidate {
    std::size_t group = 0;
    Measure measure = Measure::allocations;
    std::vector<Rise> rises;
    std::uint64_t bytes = 0;
};

// The program has gone on to something else.
bool is_over(const GrowthTracker& tracker, const Rise& first, const Rise& last) {
    const auto grew = static_cast<double>(last.at - first.at + 1);
    return static_cast<double>(tracker.births() - last.at) > kLaterWork * grew;
}

std::vector<Candidate> candidates(const GrowthTracker& tracker) {
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < tracker.groups().size(); ++i) {
        const GrowthGroup& group = tracker.groups()[i];
        if (group.live_bytes <= group.base_bytes) continue;
        for (const Measure measure : {Measure::allocations, Measure::bytes}) {
            Candidate one{i, measure, rises_of(group, measure), 0};
            if (one.rises.empty()) continue;
            if (is_over(tracker, one.rises.front(), one.rises.back())) continue;
            one.bytes = one.rises.back().bytes;
            found.push_back(std::move(one));
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.bytes > b.bytes; });
    if (found.size() > kMostCandidates) found.resize(kMostCandidates);
    return found;
}

// Of the turns a loop took while the group grew, so many are no sign of an end when they follow.
double pause(const Profile& profile, const Span& span) {
    return std::max(kGapsWithout / static_cast<double>(profile.rises.size() - span.first),
                    kLargestGapsWithout * span.largest_gap);
}

Growing describe(const Candidate& candidate, bool marks, const Profile& profile, const Span& span) {
    const Rise& first = profile.rises[span.first];
    const Rise& last = profile.rises.back();
    const auto times = static_cast<double>(profile.rises.size() - span.first);
    const double time = last.when - first.when;
    Growing growing;
    growing.group = candidate.group;
    growing.marks_given = marks;
    // The first rise took a gap to come, too.
    growing.iterations = static_cast<std::uint64_t>(std::lround(time + time / (times - 1)));
    const bool more = candidate.measure == Measure::allocations;
    growing.allocations = more ? last.allocations - first.allocations + first.by : 0;
    growing.bytes = last.bytes - first.bytes + first.by_bytes;
    const auto middle =
        std::find_if(profile.rises.begin(), profile.rises.end(),
                     [&](const Rise& rise) { return rise.when >= first.when + time / 2; });
    const auto point = [](const Rise& rise) {
        return GrowthPoint{static_cast<std::uint64_t>(std::lround(rise.when)), rise.allocations,
                           rise.bytes};
    };
    growing.points = {point(first), point(*middle), point(last)};
    return growing;
}

std::optional<Growing> by_marks(const GrowthTracker& tracker, const Candidate& candidate) {
    const Profile profile =
        profile_of(tracker.groups()[candidate.group], candidate.measure, nullptr);
    const std::optional<Span> span = grows(profile, kLeastIterations);
    if (!span) return std::nullopt;
    const double first = profile.rises[span->first].when;
    const double last = profile.rises.back().when;
    const bool stopped = tracker.marks().now() - last > pause(profile, *span) * (last - first) + 1;
    if (stopped || is_over(tracker, profile.rises[span->first], profile.rises.back())) {
        return std::nullopt;
    }
    return describe(candidate, true, profile, *span);
}

std::optional<Growing> by_loops(const GrowthTracker& tracker, const Candidate& candidate) {
    const GrowthGroup& group = tracker.groups()[candidate.group];
    if (group.call_site.value == 0) return std::nullopt;
    const bool of_program = group.owner == Owner::program;
    const double least = of_program ? kLeastIterationsOfPrograms : kLeastIterations;
    const Lately grew = lately(candidate.rises);
    std::vector<Turning> turning = loops(tracker, group, candidate.rises, grew.since);
    // Nothing comes and goes beside it: an op may still be called again and again.
    if (turning.empty() && computes(tracker, group) && !of_program) {
        turning.push_back({&group, static_cast<double>(candidate.rises.size()), grew.times});
    }
    std::erase_if(turning, [&](const Turning& one) {
        return one.loop != &group && one.lately + 1.5 < grew.times;
    });
    const auto enough = std::find_if(turning.begin(), turning.end(), [least](const Turning& one) {
        return one.turns + 2 >= least;
    });
    if (enough == turning.end()) return std::nullopt;
    // One that turns less often may be the loop that matters, and this one inside of it.
    if (enough != turning.begin() && enough->lately > kTurnsOfInner * grew.times)
        return std::nullopt;
    turning.erase(turning.begin(), enough);
    std::size_t tried = 0;
    double before = 0;
    for (const Turning& one : turning) {
        if (tried > 0 && one.turns < before * 1.02) continue;
        if (++tried > kMostLoops) break;
        before = one.turns;
        const Profile profile = profile_of(group, candidate.measure, one.loop);
        const std::optional<Span> span = grows(profile, least);
        if (!span) continue;
        const Rise& first = profile.rises[span->first];
        const Rise& last = profile.rises.back();
        const double without = pause(profile, *span);
        const bool stopped = std::any_of(turning.begin(), turning.end(), [&](const Turning& any) {
            return any.turns >= one.turns &&
                   goes_on_without(tracker, any.loop, first, last, without);
        });
        if (stopped || is_over(tracker, first, last)) return std::nullopt;
        return describe(candidate, false, profile, *span);
    }
    return std::nullopt;
}

}  // namespace

std::vector<Growing> growing(const GrowthTracker& tracker) {
    const bool given = tracker.marks().now() >= kLeastIterations;
    std::vector<Growing> found;
    for (const Candidate& candidate : candidates(tracker)) {
        const bool known = std::any_of(found.begin(), found.end(), [&](const Growing& one) {
            return one.group == candidate.group;
        });
        if (known) continue;
        if (auto one = given ? by_marks(tracker, candidate) : by_loops(tracker, candidate)) {
            found.push_back(*one);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Growing& a, const Growing& b) { return a.bytes > b.bytes; });
    if (found.size() > kMostGrowing) found.resize(kMostGrowing);
    return found;
}

}  // namespace plimsoll::ledger
