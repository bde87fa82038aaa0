#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/rules.hpp"
#include "findings/test_rows.hpp"

namespace plimsoll::findings {
namespace {

using ledger::ProcessState;
using testing::HasSubstr;
using testing::Not;

constexpr std::uint64_t kMiB = 1 << 20;

ledger::Growth one_in_two() {
    ledger::Growth growth;
    growth.site = {7};
    growth.call_site = {{{"/a/grows.py", "step", 19}, {"/a/grows.py", "<module>", 25}}, "ttnn.add"};
    growth.kind = Kind::buffer;
    growth.owner = Owner::user;
    growth.devices = {0};
    growth.iterations = 20;
    growth.allocations = 10;
    growth.bytes = 20 * kMiB;
    growth.occupied_bytes = 20 * kMiB;
    growth.points = {{{2, 1, 2 * kMiB}, {12, 6, 12 * kMiB}, {20, 10, 20 * kMiB}}};
    return growth;
}

ledger::Snapshot growing(ProcessState state, std::vector<ledger::Growth> growths) {
    auto snapshot = test_snapshot(state);
    snapshot.processes[0].growths = std::move(growths);
    ledger::DeviceUse device;
    device.regions[static_cast<std::size_t>(Region::dram)].capacity = {121 * kMiB, {}};
    device.regions[static_cast<std::size_t>(Region::dram)].peak = {21 * kMiB, {}};
    snapshot.processes[0].devices = {device};
    return snapshot;
}

TEST(GrowsPerIteration, SaysHowFastWhereAndWhenItWouldBeFull) {
    const auto snapshot = growing(ProcessState::running, {one_in_two()});
    const auto found = grows_per_iteration({snapshot, ""});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].severity, Severity::error);
    EXPECT_EQ(found[0].title,
              "2.0 MiB of DRAM per 2 iterations on device 0, ttnn.add at grows.py:19 in step < :25 "
              "in <module>");
    EXPECT_THAT(found[0].consequence, HasSubstr("DRAM is full in about 100 iterations"));
    EXPECT_EQ(found[0].growth->bytes, kMiB);
    EXPECT_EQ(found[0].growth->allocations, 0.5);
    EXPECT_EQ(found[0].growth->first_seen, 2u);
    EXPECT_THAT(found[0].evidence,
                testing::Contains("after iteration 12    6 buffers kept, 12.0 MiB"));
}

TEST(GrowsPerIteration, SumsUpWhatAnIterationKeeps) {
    auto growth = one_in_two();
    growth.allocations = 60;
    growth.bytes = 60 * kMiB;
    const auto snapshot = growing(ProcessState::exited, {growth});
    const auto found = grows_per_iteration({snapshot, ""}).at(0);
    EXPECT_THAT(found.title, HasSubstr("3.0 MiB of DRAM per iteration"));
    EXPECT_THAT(found.consequence, HasSubstr("would have been full in about 100 more iterations"));
}

TEST(GrowsPerIteration, ListsTheRowsOfThatPlaceOnly) {
    auto snapshot = growing(ProcessState::killed, {one_in_two()});
    auto row = test_row(Kind::buffer, Owner::user);
    row.call_site = one_in_two().call_site;
    snapshot.processes[0].held = {row, test_row(Kind::buffer, Owner::user)};
    add_ended(snapshot.processes[0], row, ledger::Ending::outlived_device, 3);
    EXPECT_EQ(grows_per_iteration({snapshot, ""}).at(0).allocations.size(), 4u);
}

TEST(GrowsPerIteration, WarnsOfProgramsThatTakeNoL1) {
    auto growth = one_in_two();
    growth.kind = Kind::circular_buffer;
    growth.region = Region::l1;
    growth.owner = Owner::program;
    growth.allocations = 60;
    growth.occupied_bytes = 0;
    const auto snapshot = growing(ProcessState::exited, {growth});
    const auto found = grows_per_iteration({snapshot, ""}).at(0);
    EXPECT_EQ(found.severity, Severity::warning);
    EXPECT_THAT(found.title, HasSubstr("3 circular buffers per iteration"));
    EXPECT_THAT(found.cause, HasSubstr("program cache"));
    EXPECT_THAT(found.consequence, Not(HasSubstr("full")));
}

TEST(GrowsPerIteration, TakesBuffersThatComeWithProgramsForTheCaches) {
    auto programs = one_in_two();
    programs.kind = Kind::circular_buffer;
    programs.owner = Owner::program;
    programs.bytes = 100 * kMiB;
    const auto snapshot = growing(ProcessState::exited, {programs, one_in_two()});
    const auto found = grows_per_iteration({snapshot, ""});
    ASSERT_EQ(found.size(), 1u) << "one place, one finding";
    EXPECT_EQ(found[0].severity, Severity::error);
    EXPECT_THAT(found[0].title, HasSubstr("of DRAM"));
    EXPECT_THAT(found[0].cause, HasSubstr("with each program in the program cache"));
    EXPECT_THAT(found[0].fix.at(0), HasSubstr("disable_and_clear_program_cache"));
}

TEST(GrowsPerIteration, SaysAtLeastWhereHistoryWasLost) {
    auto growth = one_in_two();
    growth.coverage = Coverage::at_least;
    growth.marks_given = true;
    growth.mark = "step";
    growth.call_site = {};
    growth.allocations = 0;
    const auto snapshot = growing(ProcessState::exited, {growth});
    const auto found = grows_per_iteration({snapshot, ""}).at(0);
    EXPECT_EQ(found.title,
              "at least 1.0 MiB of DRAM per iteration on device 0, from a place that "
              "is not known");
    EXPECT_THAT(found.cause, HasSubstr("a larger one took the place"));
    EXPECT_THAT(found.evidence.at(0), HasSubstr("marks 'step'"));
}

}  // namespace
}  // namespace plimsoll::findings
