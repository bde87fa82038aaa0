#include <gtest/gtest.h>

#include "findings/allocator_state.hpp"
#include "findings/judge.hpp"
#include "findings/test_refusals.hpp"

namespace plimsoll::findings {
namespace {

ledger::RefusalFigures figures(std::uint64_t need, std::uint64_t bank, std::uint64_t free,
                               std::uint64_t largest) {
    ledger::RefusalFigures made;
    made.bytes_per_bank = need;
    made.bank_bytes = bank;
    made.free = free;
    made.largest_free = largest;
    return made;
}

TEST(Verdict, IsComputedFromTheAllocatorsFigures) {
    EXPECT_EQ(verdict_of(figures(100, 1000, 50, 50), false), Verdict::exhausted);
    EXPECT_EQ(verdict_of(figures(100, 1000, 200, 60), false), Verdict::fragmented);
    EXPECT_EQ(verdict_of(figures(1001, 1000, 1000, 1000), false), Verdict::larger_than_bank);
    EXPECT_EQ(verdict_of(figures(1001, 1000, 1000, 1000), true), Verdict::region_too_small);
    EXPECT_EQ(verdict_of(figures(100, 1000, 50, 50), true), Verdict::region_too_small);
    EXPECT_EQ(verdict_of(figures(100, 1000, 200, 60), true), Verdict::fragmented);
    EXPECT_EQ(verdict_of(figures(100, 0, 0, 0), true), Verdict::region_too_small);
}

TEST(Verdict, IsNotGuessed) {
    EXPECT_EQ(verdict_of(figures(100, 1000, 200, 150), false), Verdict::unknown);
    EXPECT_EQ(verdict_of({}, false), Verdict::unknown);
    ledger::RefusalFigures some;
    some.bytes_per_bank = 100;
    EXPECT_EQ(verdict_of(some, false), Verdict::unknown);
}

const Finding& only(const std::vector<Finding>& findings) {
    EXPECT_EQ(findings.size(), 1u);
    return findings.at(0);
}

TEST(OutOfMemory, NamesTheFewestBuffersWhoseEndMakesRoom) {
    const Finding found = only(judge(test_refusal(fragmented()), ""));
    EXPECT_EQ(found.code, "out-of-memory");
    const Refused& refused = *found.refused;
    EXPECT_EQ(refused.verdict, Verdict::fragmented);
    EXPECT_EQ(refused.picture, Coverage::exact);
    EXPECT_EQ(refused.holes, 3u);
    EXPECT_EQ(refused.remedy.way, Way::free);
    EXPECT_EQ(refused.remedy.count, 1u);
    EXPECT_EQ(refused.remedy.bytes_per_bank, 100u);
    EXPECT_EQ(refused.remedy.room, 500u);
    EXPECT_EQ(refused.remedy.holders.at(0).call_site.frames.at(0).line, 11u);
}

// 400 bytes asked for; 700 are free in each bank, but what lies on single cores meets them all.
ledger::RefusalView beside_single_cores() {
    ledger::RefusalView view = fragmented();
    view.refusal.figures.bytes_per_bank = 400;
    view.refusal.figures.allocated = 300;
    view.refusal.figures.free = 700;
    view.refusal.figures.largest_free = 700;
    view.blocks = {test_block(350, 100, 0), test_block(400, 100, 1), test_block(800, 300, 1)};
    view.blocks[0].in_every_bank = view.blocks[1].in_every_bank = false;
    return view;
}

TEST(OutOfMemory, SaysWhatIsFreeInEveryBankWhereSingleCoresDiffer) {
    const Finding found = only(judge(test_refusal(beside_single_cores()), ""));
    EXPECT_EQ(found.refused->verdict, Verdict::no_common_address);
    EXPECT_EQ(found.refused->free_in_every_bank, 300u);
    EXPECT_EQ(found.refused->missing, 100u);
    EXPECT_EQ(found.refused->in_some_banks, 2u);
    EXPECT_EQ(found.refused->picture, Coverage::exact);
}

TEST(OutOfMemory, BlamesSingleCoresForNothingThatFitsBesideThem) {
    ledger::RefusalView view = beside_single_cores();
    view.refusal.figures.bytes_per_bank = 300;
    EXPECT_EQ(only(judge(test_refusal(view), "")).refused->verdict, Verdict::unknown);
}

TEST(OutOfMemory, SaysThatNoFreeHelpsWhereABankIsTooSmall) {
    ledger::RefusalView view = fragmented();
    view.refusal.figures.bytes_per_bank = 2100;
    const Finding found = only(judge(test_refusal(view), ""));
    EXPECT_EQ(found.refused->verdict, Verdict::larger_than_bank);
    EXPECT_EQ(found.refused->remedy.way, Way::split);
    EXPECT_EQ(found.refused->remedy.parts, 3u);
    EXPECT_EQ(found.refused->missing, 1100u);
}

TEST(OutOfMemory, KnowsNoRemedyWhereThePictureIsNotWhole) {
    ledger::RefusalView view = fragmented();
    view.blocks.pop_back();
    const Finding found = only(judge(test_refusal(view), ""));
    EXPECT_EQ(found.refused->verdict, Verdict::fragmented);
    EXPECT_EQ(found.refused->picture, Coverage::at_least);
    EXPECT_EQ(found.refused->remedy.way, Way::unknown);
    EXPECT_FALSE(found.refused->holes);

    view.picture.reset();
    EXPECT_EQ(only(judge(test_refusal(view), "")).refused->picture, Coverage::unknown);
}

TEST(OutOfMemory, TellsTheSizeToConfigureForASmallRegion) {
    ledger::RefusalView view = fragmented();
    view.refusal.region = Region::l1_small;
    view.refusal.figures = figures(4096, 1024, 512, 512);
    view.refusal.figures.allocated = 512;
    const Finding found = only(judge(test_refusal(view), ""));
    EXPECT_EQ(found.refused->verdict, Verdict::region_too_small);
    EXPECT_EQ(found.refused->remedy.setting, "l1_small_size");
    EXPECT_EQ(found.refused->remedy.setting_bytes, 512u + 4096u);
}

TEST(OutOfMemory, IsAWarningWhenTheProgramWentOnToAGoodEnd) {
    ledger::Snapshot snapshot = test_refusal(fragmented());
    EXPECT_EQ(only(judge(snapshot, "")).severity, Severity::error);
    snapshot.processes[0].exit_code = 1;
    EXPECT_EQ(only(judge(snapshot, "")).severity, Severity::error);
    snapshot.processes[0].exit_code = 0;
    EXPECT_EQ(only(judge(snapshot, "")).severity, Severity::warning);
}

TEST(OutOfMemory, CountsRepeatsAndTellsPlacesApart) {
    ledger::RefusalView again = fragmented();
    again.refusal.repeats = 4;
    ledger::RefusalView elsewhere = fragmented();
    elsewhere.refusal.call_site.frames.push_back({"model.py", "<module>", 99});
    ledger::Snapshot snapshot = test_refusal(fragmented());
    snapshot.processes[0].refusals.push_back(again);
    snapshot.processes[0].refusals.push_back(elsewhere);
    const std::vector<Finding> findings = judge(snapshot, "");
    ASSERT_EQ(findings.size(), 2u);
    EXPECT_EQ(findings[0].count, 6u);
    EXPECT_EQ(findings[1].count, 1u);
}

TEST(OutOfMemory, TellsWhatIsNewSinceTheLastMark) {
    ledger::RefusalView view = fragmented();
    for (std::size_t i = 0; i < view.blocks.size(); ++i) view.blocks[i].id = 10 + i;
    EXPECT_FALSE(only(judge(test_refusal(view), "")).refused->since_mark);
    view.mark = ledger::Mark{11, {}, "token"};
    const Finding found = only(judge(test_refusal(view), ""));
    const SinceMark& since = *found.refused->since_mark;
    EXPECT_EQ(since.name, "token");
    ASSERT_EQ(since.holders.size(), 1u);
    EXPECT_EQ(since.holders[0].count, 1u);
    EXPECT_EQ(since.holders[0].call_site.frames.at(0).line, 11u);
    view.mark->id = 12;
    EXPECT_TRUE(only(judge(test_refusal(view), "")).refused->since_mark->holders.empty());
}

TEST(Clash, NamesEveryBufferThatTheProgramReaches) {
    const Finding found = only(judge(test_refusal(clash()), ""));
    EXPECT_EQ(found.code, "circular-buffer-clash");
    const Refused& refused = *found.refused;
    EXPECT_EQ(refused.missing, 450u);
    EXPECT_EQ(refused.remedy.count, 2u);
    EXPECT_EQ(refused.remedy.bytes_per_bank, 200u);
    EXPECT_EQ(refused.remedy.free_above, 350u);
}

TEST(Clash, HasTheSameSignatureAtOtherOffsets) {
    ledger::RefusalView moved = clash();
    moved.refusal.figures.region_end = 751;
    moved.refusal.program->runtime_id = 77;
    EXPECT_EQ(only(judge(test_refusal(clash()), "")).refused->signature,
              only(judge(test_refusal(moved), "")).refused->signature);
    moved.refusal.program->label = "matmul";
    EXPECT_NE(only(judge(test_refusal(clash()), "")).refused->signature,
              only(judge(test_refusal(moved), "")).refused->signature);
}

TEST(Clash, SaysThatNothingHelpsBeyondTheMemory) {
    ledger::RefusalView view = clash();
    view.refusal.reason = ledger::RefusalReason::beyond_memory;
    view.refusal.figures.bank_bytes = 600;
    const Finding found = only(judge(test_refusal(view), ""));
    EXPECT_EQ(found.refused->verdict, Verdict::beyond_memory);
    EXPECT_EQ(found.refused->remedy.way, Way::none);
    EXPECT_EQ(found.refused->missing, 150u);
}

}  // namespace
}  // namespace plimsoll::findings
