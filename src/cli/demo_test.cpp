#include <gtest/gtest.h>

#include "cli/demo_defect.hpp"
#include "cli/demo_story.hpp"

namespace plimsoll::cli {
namespace {

std::set<std::string> codes(const findings::Report& report) {
    std::set<std::string> found;
    for (const findings::Finding& finding : report.findings) found.insert(finding.code);
    return found;
}

class EveryDefect : public testing::TestWithParam<model::KnownDefect> {};

// In a process of its own, unlike the test of the table: this one crashes where it should.
TEST_P(EveryDefect, GivesItsFindingsInAProcessOfItsOwn) {
    const DefectStory story = tell_defect_story(GetParam());
    std::set<std::string> expected;
    for (const std::string_view code : GetParam().findings) {
        if (!code.empty()) expected.emplace(code);
    }
    EXPECT_EQ(codes(story.with), expected);
    EXPECT_EQ(codes(story.without), std::set<std::string>{});
    EXPECT_EQ(story.without.exit_code, 0);
    EXPECT_EQ(story.with.exit_code.has_value(), std::string(GetParam().name) != "capture-crashes");
}

INSTANTIATE_TEST_SUITE_P(Table, EveryDefect,
                         testing::ValuesIn(model::known_defects().begin(),
                                           model::known_defects().end()),
                         [](const auto& row) {
                             std::string name = row.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(DemoStory, EndsWithNothingActiveWhateverTheTrackerShows) {
    const DemoStory story = tell_demo_story();
    EXPECT_EQ(story.tracker.active_allocations(), 3u);
    EXPECT_EQ(story.mended_tracker.active_allocations(), 0u);
    EXPECT_EQ(story.many_tracker.active_allocations(), 3u * DemoStory::kMeshes);
    for (const findings::Report* report : {&story.watched, &story.mended, &story.many}) {
        EXPECT_EQ(report->snapshot.totals.active_allocations, 0u);
        EXPECT_EQ(report->snapshot.totals.events.lost, 0u);
    }
    EXPECT_EQ(story.many.snapshot.totals.allocations, 3u * DemoStory::kMeshes);
    EXPECT_EQ(story.many.snapshot.totals.frees, 3u * DemoStory::kMeshes);
}

TEST(UnknownDefect, IsToldTheNearestName) {
    EXPECT_EQ(unknown_defect("semaphores-per-shape").todo, "did you mean semaphore-per-shape?");
    EXPECT_EQ(unknown_defect("double report").todo, "did you mean double-report?");
    EXPECT_EQ(unknown_defect("capture-crash").todo, "did you mean capture-crashes?");
}

}  // namespace
}  // namespace plimsoll::cli
