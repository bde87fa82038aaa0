// The self-check compared the ledger with the runtime's own allocator and they did not agree: then
// no other number of the report may be trusted further than the difference.
#include <fmt/format.h>

#include <algorithm>

#include "findings/gathering.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

std::uint64_t magnitude(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
}

std::string evidence_line(const ledger::ProcessView& process) {
    const ledger::Health& health = process.health;
    return fmt::format("{}   {} of {} differ, the worst by {} B (the ledger has {})",
                       process_text(process.identity), health.verified_differing,
                       counted(health.verified, "comparison"),
                       magnitude(health.worst_difference_bytes),
                       health.worst_difference_bytes < 0 ? "less" : "more");
}

}  // namespace

std::vector<Finding> ledger_differs_from_allocator(const Scene& scene) {
    std::uint64_t comparisons = 0, differing = 0, worst = 0;
    std::vector<std::string> lines;
    for (const ledger::ProcessView& process : scene.snapshot.processes) {
        comparisons += process.health.verified;
        if (process.health.verified_differing == 0) continue;
        differing += process.health.verified_differing;
        worst = std::max(worst, magnitude(process.health.worst_difference_bytes));
        lines.push_back(evidence_line(process));
    }
    if (differing == 0) return {};

    Finding finding;
    finding.code = "ledger-differs-from-allocator";
    finding.severity = Severity::error;
    finding.bytes = worst;
    finding.title = fmt::format("the ledger differs from the allocator by up to {} B", worst);
    finding.cause = fmt::format(
        "{} of {} with the runtime's own allocator found other bytes than the ledger has. An "
        "allocation was missed, or one was counted that is not there.",
        differing, counted(comparisons, "comparison"));
    set_evidence(finding, std::move(lines));
    finding.consequence = "Not known: the figures of this report are off by up to that much.";
    finding.fix = {
        "This is a defect of Plimsoll: an issue with this report and the runtime's release helps "
        "to mend it."};
    return {finding};
}

}  // namespace plimsoll::findings
