// The runtime reports the free of a program's memory through a device that is closed already:
// programs die with the program cache, and the cache dies after the close.
#include <fmt/format.h>

#include "findings/gathering.hpp"
#include "findings/program_evidence.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {

std::vector<Finding> freed_after_device_close(const Scene& scene) {
    const Gathered gathered = gather(scene.snapshot, ledger::Ending::reported_late);
    if (gathered.count == 0) return {};

    Finding finding;
    finding.code = "freed-after-device-close";
    finding.severity = Severity::info;
    describe(finding, gathered);
    const std::size_t all = scene.snapshot.devices.size();
    finding.title =
        fmt::format("{} freed after the close, on {}", counted_kinds(gathered.rows, gathered.count),
                    devices_text(finding.devices, all));
    finding.symptom =
        "A tracker that closes a device's books with the device meets frees for a device it no "
        "longer has; one that asks that device follows a pointer to something gone.";
    finding.cause =
        "The runtime keeps programs in the program cache and destroys the cache after the devices "
        "are closed. Each program then reports its memory freed through a closed device.";
    set_evidence(finding, program_lines(gathered.rows, all));
    finding.consequence = "No. The memory went with the device.";
    finding.fix = {
        "Nothing needs to be done. To have the frees before the close, call "
        "device.disable_and_clear_program_cache() first."};
    return {finding};
}

}  // namespace plimsoll::findings
