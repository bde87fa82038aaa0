#include "view/text_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

findings::Report attached() {
    findings::Report report;
    report.attached = true;
    report.snapshot.processes.resize(1);
    report.snapshot.devices.resize(1);
    return report;
}

findings::Finding finding(std::string code, std::string title, std::uint64_t count) {
    findings::Finding made;
    made.code = std::move(code);
    made.title = std::move(title);
    made.count = count;
    return made;
}

TEST(Verdict, SaysWhyNothingAttached) {
    findings::Report report;
    report.not_attached_why = "the command never loaded libtt_metal.so";
    EXPECT_THAT(text_report(report, {}),
                StartsWith("plimsoll: nothing attached: the command never loaded"));
    EXPECT_THAT(text_report(report, {}), HasSubstr("Active allocations: - ("));
}

TEST(Verdict, NothingIsLeft) { EXPECT_EQ(verdict(attached()), "nothing is left on 1 device"); }

TEST(Verdict, NoDeviceWasOpened) {
    auto report = attached();
    report.snapshot.devices.clear();
    EXPECT_EQ(verdict(report), "no device was opened");
}

TEST(Verdict, KilledWithNothingHeld) {
    auto report = attached();
    report.signal = 15;
    EXPECT_EQ(verdict(report), "nothing is left on 1 device; the command was killed by SIGTERM");
}

TEST(Verdict, ADeathComesBeforeALeak) {
    auto report = attached();
    report.findings = {finding("left-at-exit", "1 buffer left", 1),
                       finding("process-died-holding", "python died holding 1 B", 1)};
    EXPECT_EQ(verdict(report), "python died holding 1 B; 1 buffer left");
}

TEST(Verdict, AnAsideIsLeftOutRatherThanWrapped) {
    auto report = attached();
    report.findings = {finding("left-at-exit", std::string(80, 'x'), 1),
                       finding("unattributed", "", 3)};
    EXPECT_EQ(verdict(report), std::string(80, 'x'));
}

TEST(TextReport, FoldsEqualDevicesIntoOneRow) {
    auto report = attached();
    report.snapshot.devices.resize(8);
    for (std::int32_t i = 0; i < 8; ++i) {
        report.snapshot.devices[static_cast<std::size_t>(i)].device = i;
    }
    EXPECT_THAT(text_report(report, {}), HasSubstr("  8, alike"));
    report.snapshot.devices[3].regions[0].peak.value = 1;
    const std::string text = text_report(report, {});
    EXPECT_THAT(text, HasSubstr("  0..2, 4..7, alike"));
    EXPECT_THAT(text, Not(HasSubstr("  8, alike")));
}

TEST(TextReport, MarksFiguresThatAreNotExact) {
    EXPECT_EQ(figure_text({10567680, Coverage::at_least}), "≥ 10.1 MiB");
    EXPECT_EQ(figure_text({1, Coverage::unknown}), "-");
}

TEST(TextReport, CutsLongEvidenceWithTheTrueCount) {
    auto report = attached();
    report.findings = {finding("x", "y", 1)};
    report.findings[0].evidence.assign(findings::kMaxRows, "a line");
    report.findings[0].evidence_count = 250;
    EXPECT_THAT(text_report(report, {}), HasSubstr("\n    ... and 238 more lines\n"));
}

TEST(TextReport, ShowsNoHeadlineOfEvidenceThatIsCut) {
    auto report = attached();
    report.findings = {finding("x", "y", 1)};
    auto& evidence = report.findings[0].evidence;
    evidence.assign(10, "  a row");
    evidence.insert(evidence.end(), {"program 9", "  L1", "    103552 4096 B"});
    report.findings[0].evidence_count = evidence.size();
    EXPECT_THAT(text_report(report, {}), HasSubstr("      a row\n    ... and 3 more lines\n"));
}

TEST(TextReport, SaysWhyAPeakIsOnlyALowerBound) {
    auto report = attached();
    report.snapshot.devices[0].regions[0].peak = {4096, Coverage::at_least};
    report.snapshot.processes.resize(2);
    EXPECT_THAT(text_report(report, {}), HasSubstr("together they may have held more"));
    report.snapshot.totals.events.lost = 1;
    EXPECT_THAT(text_report(report, {}), HasSubstr("a part of the history was not seen"));
}

ledger::PeakShare share(std::uint64_t bytes, std::string program) {
    ledger::PeakShare made;
    made.kind = Kind::circular_buffer;
    made.owner = program.empty() ? Owner::runtime : Owner::program;
    made.count = 2;
    made.bytes = bytes;
    made.program = std::move(program);
    made.call_site.frames = {{"/home/user/model.py", "forward", 12}};
    return made;
}

TEST(TextReport, TellsWhatThePeakWasMadeOf) {
    auto report = attached();
    ledger::RegionUse& l1 = report.snapshot.devices[0].l1_per_core;
    l1.peak = {3500, Coverage::exact};
    l1.at_peak = {share(3000, "softmax"), share(1000, "")};
    l1.overlap = 500;
    const std::string text = text_report(report, {});
    EXPECT_THAT(text, HasSubstr("at the peak of L1/core, 3500 B"));
    EXPECT_THAT(text, HasSubstr("3000 B    86 %   2 circular buffers of softmax"));
    EXPECT_THAT(text, HasSubstr("2 circular buffers of the runtime   model.py:12 in forward"));
    EXPECT_THAT(text, HasSubstr("500 B less than their sum"));
    EXPECT_THAT(text, Not(HasSubstr("at the peak of DRAM")));
}

TEST(TextReport, ShowsWindowsByNameWithTheirPeaks) {
    auto report = attached();
    ledger::WindowUse window;
    window.name = "decode";
    window.times = 4;
    window.devices.resize(1);
    window.devices[0].regions[static_cast<std::size_t>(Region::dram)].peak = {4096, {}};
    window.devices[0].l1_per_core.peak = {10, Coverage::at_least};
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].windows.assign(14, window);
    const std::string text = text_report(report, {});
    EXPECT_THAT(text, HasSubstr("decode (4 times)   DRAM      4096 B"));
    EXPECT_THAT(text, HasSubstr("≥ 10 B"));
    EXPECT_THAT(text, HasSubstr("... and 2 more"));
}

TEST(TextReport, SaysWhichSizesOfRegionsWouldDo) {
    auto report = attached();
    ledger::RegionUse& small =
        report.snapshot.devices[0].regions[static_cast<std::size_t>(Region::l1_small)];
    small.bank = {64, 32768, 0};
    small.span = 4096;
    EXPECT_THAT(text_report(report, {}), HasSubstr("l1_small_size=4096 would have been enough"));
    small.span = 32768;
    EXPECT_THAT(text_report(report, {}), Not(HasSubstr("would have been enough")));
}

TEST(TextReport, NamesTheScriptWhenTheCommandIsTooLong) {
    auto report = attached();
    const std::string folders = "/a/folder/with/a/very/long/name/in/which/people/keep/their/models";
    report.command = {folders + "/bin/python", folders + "/tests/model.py", "--steps", "10"};
    EXPECT_THAT(text_report(report, {}),
                HasSubstr("\n  python " + folders + "/tests/model.py --s"));
    report.command.push_back(folders + "/weights.bin");
    EXPECT_THAT(text_report(report, {}),
                HasSubstr("\n  python .../tests/model.py --steps 10 .../models/weights.bin"));
}

TEST(TextReport, FoldsKindsThatNobodyShowsIntoOneNote) {
    auto report = attached();
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].coverage = {
        {subject(Kind::semaphore), Coverage::unknown, "a"},
        {subject(Kind::global_circular_buffer), Coverage::at_least, "b"},
        {subject(Kind::circular_buffer), Coverage::at_least, "c"}};
    report.snapshot.kinds.resize(1);
    report.snapshot.kinds[0].kind = Kind::circular_buffer;
    const std::string text = text_report(report, {});
    EXPECT_THAT(text, HasSubstr("not seen in this release: semaphores; "
                                "not always seen: global circular buffers; the guide says why"));
    EXPECT_THAT(text, HasSubstr("  circular buffers: at least, c\n"));
}

TEST(TextReport, SaysWhereRunsAreNotKnownAndProgramsHoldL1) {
    auto report = attached();
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].coverage = {{Subject::run, Coverage::unknown, "slow dispatch"}};
    EXPECT_THAT(text_report(report, {}), Not(HasSubstr("slow dispatch")));
    report.snapshot.kinds.resize(1);
    report.snapshot.kinds[0].kind = Kind::dataflow_buffer;
    EXPECT_THAT(
        text_report(report, {}),
        HasSubstr("Notes\n  L1/core counts what all programs have set up, whether they have "
                  "run or not: slow dispatch\n"));
}

TEST(TextReport, SaysWhyThereAreNoCallSites) {
    auto report = attached();
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].coverage = {{Subject::call_site, Coverage::unknown, "no Python"},
                                             {Subject::op, Coverage::unknown, "no Python"}};
    EXPECT_THAT(text_report(report, {}),
                HasSubstr("Notes\n  call sites are not known: no Python\n"));
}

}  // namespace
}  // namespace plimsoll::view
