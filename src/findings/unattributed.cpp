// Bytes that no rule explains: nobody is known to own them, or no device is known that they are
// on. They are shown as such, never guessed and never left out.
#include <fmt/format.h>

#include "findings/gathering.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

bool ownerless(const ledger::AllocationView& row) { return row.owner == Owner::unknown; }
bool nowhere(const ledger::AllocationView& row) { return row.devices.empty(); }

std::string cause(const Rows& rows) {
    std::uint64_t owners = 0, places = 0;
    for (const ledger::AllocationView* row : rows) {
        owners += ownerless(*row) ? 1U : 0U;
        places += nowhere(*row) ? 1U : 0U;
    }
    std::vector<std::string> parts;
    if (owners > 0) parts.push_back(fmt::format("the owner of {}", owners));
    if (places > 0) parts.push_back(fmt::format("the devices of {}", places));
    return fmt::format("Not known: {}. No rule says until when these may live.", listed(parts));
}

}  // namespace

std::vector<Finding> unattributed(const Scene& scene) {
    const auto unexplained = [](const ledger::AllocationView& row) {
        return ownerless(row) || nowhere(row);
    };
    Gathered gathered;
    for (const ledger::ProcessView& process : scene.snapshot.processes) {
        for (const auto* rows : {&process.held, &process.ended}) {
            const Rows found = select(*rows, unexplained);
            gathered.add(found, found.size());
        }
    }
    if (gathered.count == 0) return {};

    Finding finding;
    finding.code = "unattributed";
    finding.severity = Severity::warning;
    describe(finding, gathered);
    finding.title =
        fmt::format("{} ({}) that no rule explains", counted_kinds(gathered.rows, gathered.count),
                    amounts(gathered.rows));
    finding.cause = cause(gathered.rows);
    set_evidence(finding, grouped_lines(scene.snapshot, gathered.rows));
    finding.consequence = "Not known.";
    finding.fix = {
        "This is a gap in Plimsoll: an issue with this report and the runtime's release helps to "
        "close it."};
    return {finding};
}

}  // namespace plimsoll::findings
