#include "findings/judge.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "findings/rules.hpp"

namespace plimsoll::findings {
namespace {

std::string_view known_package(const ledger::Snapshot& snapshot, std::string_view package) {
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (!package.empty()) break;
        package = process.identity.package;
    }
    return package;
}

// Of what no allocation is known, there is one place all the same.
Place whole(const Finding& finding) {
    Place place;
    place.on_device[std::nullopt] = {finding.count, finding.bytes};
    return place;
}

}  // namespace

std::vector<Finding> judge(const ledger::Snapshot& snapshot, std::string_view package) {
    // In the order a reader wants them among equally severe ones.
    constexpr std::array kRules = {out_of_memory,
                                   circular_buffer_clash,
                                   grows_per_iteration,
                                   process_died_holding,
                                   buffer_outlives_device,
                                   left_at_exit,
                                   ledger_differs_from_allocator,
                                   runtime_forgot_circular_buffers,
                                   unattributed,
                                   program_cache_holds,
                                   freed_after_device_close};
    const Scene scene{snapshot, known_package(snapshot, package)};
    std::vector<Finding> findings;
    for (const auto rule : kRules) {
        std::vector<Finding> broken = rule(scene);
        for (Finding& finding : broken) {
            if (finding.places.empty()) finding.places = {whole(finding)};
        }
        std::move(broken.begin(), broken.end(), std::back_inserter(findings));
    }
    std::stable_sort(findings.begin(), findings.end(),
                     [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    return findings;
}

}  // namespace plimsoll::findings
