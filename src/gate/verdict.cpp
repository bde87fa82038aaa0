#include "gate/verdict.hpp"

#include <algorithm>
#include <map>

#include "gate/conditions.hpp"

namespace plimsoll::gate {
namespace {

void add(findings::Place& sum, const findings::Place& more) {
    for (const auto& [device, amount] : more.on_device) {
        findings::Amount& on = sum.on_device[device];
        on.count += amount.count;
        on.bytes += amount.bytes;
    }
}

// The line and the device of the largest one stand for all with the same key.
std::vector<Concern> concerns_of(const findings::Report& report,
                                 const std::vector<std::string>& fail_on) {
    std::map<Key, std::size_t> known;
    std::vector<Concern> concerns;
    for (const findings::Finding& finding : report.findings) {
        if (!matches(fail_on, finding)) continue;
        for (const findings::Place& place : finding.places) {
            Key key = key_of(finding, place);
            const auto [at, added] = known.emplace(key, concerns.size());
            if (added) {
                Concern& concern = concerns.emplace_back();
                concern.finding = &finding;
                concern.place = place;
                concern.key = std::move(key);
            } else {
                add(concerns[at->second].place, place);
            }
        }
    }
    for (Concern& one : concerns) one.amount = findings::on_one_device(one.place);
    return concerns;
}

void compare(Concern& concern, const findings::Amount& accepted) {
    const bool more =
        concern.amount.count > accepted.count || concern.amount.bytes > accepted.bytes;
    concern.standing = more ? Standing::increased : Standing::accepted;
    concern.accepted = accepted;
}

void compare(Verdict& verdict, const Baseline& baseline) {
    std::map<Key, Concern*> seen;
    for (Concern& one : verdict.concerns) seen.emplace(one.key, &one);
    for (const Accepted& accepted : baseline.accepted) {
        const auto found = seen.find(accepted.key);
        if (found == seen.end()) {
            verdict.gone.push_back(accepted);
        } else {
            compare(*found->second, accepted.amount);
        }
    }
}

}  // namespace

std::size_t Verdict::failing() const {
    return static_cast<std::size_t>(
        std::count_if(concerns.begin(), concerns.end(),
                      [](const Concern& one) { return one.standing != Standing::accepted; }));
}

Verdict judge(const findings::Report& report, const Demands& demands) {
    Verdict verdict;
    verdict.concerns = concerns_of(report, demands.fail_on);
    if (demands.baseline) compare(verdict, *demands.baseline);
    std::stable_partition(verdict.concerns.begin(), verdict.concerns.end(),
                          [](const Concern& one) { return one.standing != Standing::accepted; });
    verdict.excesses = broken(demands.limits, report.snapshot.devices);
    return verdict;
}

Baseline baseline_of(const findings::Report& report, const Verdict& verdict) {
    Baseline baseline;
    baseline.package = report.package;
    for (const Concern& one : verdict.concerns) {
        baseline.accepted.push_back({one.key, one.amount});
    }
    // One run after another writes the same file.
    std::sort(baseline.accepted.begin(), baseline.accepted.end(),
              [](const Accepted& a, const Accepted& b) { return a.key < b.key; });
    return baseline;
}

}  // namespace plimsoll::gate
