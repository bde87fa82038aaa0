// A user's buffer is still allocated when the program closes its device. The device's allocator
// goes with the device, so the memory is back, but whoever still has the tensor has nothing.
#include <fmt/format.h>

#include <algorithm>

#include "findings/gathering.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

// What a program cache keeps for its programs shows by dying with it.
bool may_be_of_cache(const ledger::Snapshot& snapshot) {
    constexpr auto kOutlived = static_cast<std::size_t>(ledger::Ending::outlived_device);
    return std::any_of(snapshot.processes.begin(), snapshot.processes.end(),
                       [](const ledger::ProcessView& process) {
                           return process.cache_outlived && process.ended_count[kOutlived] > 0;
                       });
}

bool are_traces(const Rows& rows) {
    return std::all_of(rows.begin(), rows.end(),
                       [](const ledger::AllocationView* row) { return row->kind == Kind::trace; });
}

}  // namespace

std::vector<Finding> buffer_outlives_device(const Scene& scene) {
    const Gathered gathered = gather(scene.snapshot, ledger::Ending::outlived_device);
    if (gathered.count == 0) return {};

    Finding finding;
    finding.code = "buffer-outlives-device";
    finding.severity = Severity::error;
    describe(finding, gathered);
    finding.title = fmt::format(
        "{} ({}{}) outlived {}", counted_kinds(gathered.rows, gathered.count), gathered.at_least(),
        amounts(gathered.rows), devices_text(finding.devices, scene.snapshot.devices.size()));
    const std::string where = main_origin(gathered);
    if (!where.empty()) finding.title += ", " + where;
    finding.symptom = fmt::format(
        "The runtime never reports them freed: a tracker that believes it shows {} left.",
        counted(gathered.count, "allocation"));
    finding.cause =
        are_traces(gathered.rows)
            ? "The program closed the device while these traces were not released. The close "
              "released their memory together with the device's allocator."
            : "The program closed the device while these tensors were still referenced. The close "
              "released their memory together with the device's allocator; the tensors that are "
              "left refer to nothing, and their addresses are given out again at the next open.";
    if (may_be_of_cache(scene.snapshot)) {
        finding.cause +=
            " The process ended before the programs of the closed device were destroyed: what "
            "cached programs keep for themselves cannot be told from the program's own, and may be "
            "among these.";
    }
    set_evidence(finding, grouped_lines(scene.snapshot, gathered.rows));
    finding.consequence =
        "No. It was released with the device. While the device was open it could not be used for "
        "anything else.";
    if (are_traces(gathered.rows)) {
        finding.fix = {"Call ttnn.release_trace before the device is closed."};
        return {finding};
    }
    finding.fix = {
        "Call ttnn.deallocate(tensor), or drop the last reference (del), before the device is "
        "closed.",
        "Look for what keeps the tensor: a list or cache, a module-level variable, an attribute "
        "of a model, the traceback of an exception."};
    return {finding};
}

}  // namespace plimsoll::findings
