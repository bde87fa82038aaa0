#pragma once

#include "view/check_text.hpp"

// An outcome of plimsoll check with one place that fails, for tests of what is printed of it.
namespace plimsoll::view {

struct TestOutcome {
    findings::Report report;
    gate::Verdict verdict;

    explicit TestOutcome(const char* file, const char* function) {
        report.attached = true;
        report.exit_code = 0;
        report.snapshot.devices.resize(1);
        report.snapshot.devices[0].regions[0].peak.value = 3000;
        findings::Finding left;
        left.code = "left-at-exit";
        left.severity = findings::Severity::error;
        findings::Place place;
        place.owner = Owner::user;
        place.kind = Kind::buffer;
        place.call_site = {{{file, function, 12}}, "ttnn.add"};
        place.on_device[0] = {2, 8192};
        left.places = {place};
        report.findings = {left};
        verdict = gate::judge(report, {{"error"}, {}, {{Region::dram, 2000}}});
    }

    [[nodiscard]] CheckOutcome outcome() const { return {report, verdict, 23, "", ""}; }
};

}  // namespace plimsoll::view
