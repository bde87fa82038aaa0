#include "gate/verdict.hpp"

#include <gtest/gtest.h>

namespace plimsoll::gate {
namespace {

findings::Place place(const char* function, findings::Amount amount, std::int32_t device = 0) {
    findings::Place made;
    made.owner = Owner::user;
    made.kind = Kind::buffer;
    made.call_site.frames = {{"/src/model.py", function, 12}};
    made.on_device[device] = amount;
    return made;
}

findings::Report report_of(std::vector<findings::Place> places) {
    findings::Report report;
    findings::Finding left;
    left.code = "left-at-exit";
    left.severity = findings::Severity::error;
    left.places = std::move(places);
    report.findings = {left};
    return report;
}

Baseline accepting(const findings::Report& report) {
    return baseline_of(report, judge(report, {{"error"}, {}, {}}));
}

Verdict judge_with(const findings::Report& report, Baseline baseline) {
    return judge(report, {{"error"}, std::move(baseline), {}});
}

TEST(GateVerdict, WhatIsNotNamedDoesNotFail) {
    const findings::Report report = report_of({place("forward", {1, 4096})});
    EXPECT_EQ(judge(report, {{"error"}, {}, {}}).failing(), 1u);
    EXPECT_EQ(judge(report, {{"left-at-exit"}, {}, {}}).failing(), 1u);
    EXPECT_TRUE(judge(report, {{"warning", "out-of-memory"}, {}, {}}).passes());
}

TEST(GateVerdict, PassesWithItsOwnBaseline) {
    const findings::Report report =
        report_of({place("forward", {2, 8192}), place("backward", {1, 10})});
    const Verdict verdict = judge_with(report, accepting(report));
    EXPECT_TRUE(verdict.passes());
    EXPECT_EQ(verdict.concerns.size(), 2u);
    EXPECT_TRUE(verdict.gone.empty());
}

TEST(GateVerdict, LessIsAcceptedAndMoreIsNot) {
    const Baseline baseline = accepting(report_of({place("forward", {2, 8192})}));
    EXPECT_TRUE(judge_with(report_of({place("forward", {1, 4096})}), baseline).passes());
    for (const findings::Amount more : {findings::Amount{3, 8192}, findings::Amount{2, 8193}}) {
        const findings::Report report = report_of({place("forward", more)});
        const Verdict verdict = judge_with(report, baseline);
        ASSERT_EQ(verdict.failing(), 1u);
        EXPECT_EQ(verdict.concerns[0].standing, Standing::increased);
        EXPECT_EQ(verdict.concerns[0].accepted, (findings::Amount{2, 8192}));
    }
}

TEST(GateVerdict, WhatFailsStandsFirstAndWhatIsGoneIsTold) {
    const Baseline baseline =
        accepting(report_of({place("forward", {1, 1}), place("backward", {1, 1})}));
    const findings::Report report =
        report_of({place("forward", {1, 1}), place("elsewhere", {1, 1})});
    const Verdict verdict = judge_with(report, baseline);
    ASSERT_EQ(verdict.concerns.size(), 2u);
    EXPECT_EQ(verdict.concerns[0].standing, Standing::unlisted);
    EXPECT_EQ(verdict.concerns[0].key.call_site.front(), "model.py in elsewhere");
    ASSERT_EQ(verdict.gone.size(), 1u);
    EXPECT_EQ(verdict.gone[0].key.call_site.front(), "model.py in backward");
}

TEST(GateVerdict, IsTheSameOnMoreDevices) {
    const Baseline baseline = accepting(report_of({place("forward", {1, 4096})}));
    findings::Place on_a_mesh = place("forward", {1, 4096});
    for (int chip = 1; chip < 8; ++chip) on_a_mesh.on_device[chip] = {1, 4096};
    EXPECT_TRUE(judge_with(report_of({on_a_mesh}), baseline).passes());
    // Each chip opened by itself, by a line of its own in the same function.
    EXPECT_TRUE(
        judge_with(report_of({place("forward", {1, 4096}, 0), place("forward", {1, 4096}, 1)}),
                   baseline)
            .passes());
    EXPECT_FALSE(
        judge_with(report_of({place("forward", {1, 4096}, 0), place("forward", {1, 4096}, 0)}),
                   baseline)
            .passes());
}

TEST(GateVerdict, ALimitFailsByItself) {
    findings::Report report;
    report.snapshot.devices.resize(1);
    report.snapshot.devices[0].regions[0].peak.value = 2000;
    EXPECT_FALSE(judge(report, {{"error"}, {}, {{Region::dram, 1999}}}).passes());
    EXPECT_TRUE(judge(report, {{"error"}, {}, {{Region::dram, 2000}}}).passes());
}

}  // namespace
}  // namespace plimsoll::gate
