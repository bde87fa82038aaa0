// A user's buffer on a device that the program never closed: either the end of the process closed
// it (left_at_exit), or nothing did (os._exit) and the process still held it.
#include <fmt/format.h>

#include <algorithm>

#include "findings/gathering.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

bool of_the_user(const ledger::AllocationView& row) { return row.owner == Owner::user; }

// What is counted but not listed has no owner to look at: it is the user's only when all of the
// listed rows are.
Gathered still_held(const ledger::Snapshot& snapshot) {
    Gathered gathered;
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (process.state != ledger::ProcessState::exited) continue;
        const Rows rows = select(process.held, of_the_user);
        const bool only_user = !rows.empty() && rows.size() == process.held.size();
        gathered.add(rows, only_user ? process.held_count : rows.size());
    }
    return gathered;
}

std::string cause(bool swept, bool held) {
    std::string text = "The process ended before the program freed these and closed the device.";
    if (swept) text += " The runtime closed the device from its exit handlers.";
    if (held) {
        text +=
            fmt::format(" {} ended without them (as os._exit and exec do), with the device open.",
                        swept ? "Some" : "It");
    }
    return text;
}

}  // namespace

std::vector<Finding> left_at_exit(const Scene& scene) {
    Gathered gathered = gather(scene.snapshot, ledger::Ending::left_at_exit);
    const bool swept = gathered.count > 0;
    const Gathered held = still_held(scene.snapshot);
    gathered.add(held.rows, held.count);
    if (gathered.count == 0) return {};

    Finding finding;
    finding.code = "left-at-exit";
    finding.severity = Severity::error;
    describe(finding, gathered);
    finding.title =
        fmt::format("{} ({}{}) left on {} at exit", counted_kinds(gathered.rows, gathered.count),
                    gathered.at_least(), amounts(gathered.rows),
                    devices_text(finding.devices, scene.snapshot.devices.size()));
    const std::string where = main_origin(gathered);
    if (!where.empty()) finding.title += ", " + where;
    finding.symptom = fmt::format(
        "The runtime never reports them freed: a tracker that believes it shows {} left.",
        counted(gathered.count, "allocation"));
    finding.cause = cause(swept, held.count > 0);
    set_evidence(finding, grouped_lines(scene.snapshot, gathered.rows));
    finding.consequence =
        "No. The allocator lives in the process and went with it; the next process starts with "
        "all of the memory.";
    finding.fix = {
        "Free the tensors and close the device (ttnn.close_device, "
        "ttnn.close_mesh_device) before the program ends, in a 'finally' where it may "
        "fail."};
    return {finding};
}

}  // namespace plimsoll::findings
