// Memory that cached programs keep for themselves (tables that an op computed once), still there
// when the device closed: the device's own object had it and took it along. No leak: it is told
// apart from what the user forgot, and told because it is taken while the device is open.
#include <fmt/format.h>

#include "findings/gathering.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {

std::vector<Finding> program_cache_holds(const Scene& scene) {
    const Gathered gathered = gather(scene.snapshot, ledger::Ending::held_by_device);
    if (gathered.count == 0) return {};

    Finding finding;
    finding.code = "program-cache-holds";
    finding.severity = Severity::info;
    describe(finding, gathered);
    finding.title = fmt::format("{} ({}{}) kept by cached programs on {}",
                                counted_kinds(gathered.rows, gathered.count), gathered.at_least(),
                                amounts(gathered.rows),
                                devices_text(finding.devices, scene.snapshot.devices.size()));
    finding.symptom = fmt::format(
        "The runtime never reports them freed: a tracker that believes it shows {} left.",
        counted(gathered.count, "allocation"));
    finding.cause =
        "Some ops compute a table when their program is made and keep it on the device with the "
        "program, in the program cache. The cache died with the device's object, and these died "
        "in there: nobody else had kept them.";
    set_evidence(finding, grouped_lines(scene.snapshot, gathered.rows));
    finding.consequence =
        "No. It was released with the device. While the device was open it was taken, once for "
        "each cached program.";
    finding.fix = {
        "Nothing needs to be done. To have the memory back while the device is open, call "
        "device.disable_and_clear_program_cache()."};
    return {finding};
}

}  // namespace plimsoll::findings
