#include "findings/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/test_rows.hpp"

namespace plimsoll::findings {
namespace {

using ledger::Ending;
using ledger::ProcessState;

std::vector<std::string> codes(const ledger::Snapshot& snapshot) {
    std::vector<std::string> found;
    for (const Finding& finding : judge(snapshot, "")) found.push_back(finding.code);
    return found;
}

TEST(Judge, FindsNothingWhereNothingIsLeft) {
    EXPECT_TRUE(judge(test_snapshot(ProcessState::exited), "ttnn 0.81.1").empty());
    EXPECT_TRUE(judge({}, "").empty());
}

TEST(Judge, PutsTheMostSevereFirst) {
    auto snapshot = test_snapshot(ProcessState::exited);
    auto& process = snapshot.processes[0];
    const auto cb = test_row(Kind::circular_buffer, Owner::program);
    add_ended(process, cb, Ending::reported_late);
    add_ended(process, cb, Ending::unreported);
    add_ended(process, test_row(Kind::buffer, Owner::user), Ending::outlived_device);
    add_ended(process, test_row(Kind::buffer, Owner::unknown), Ending::left_at_exit);
    EXPECT_THAT(codes(snapshot), testing::ElementsAre("buffer-outlives-device", "left-at-exit",
                                                      "runtime-forgot-circular-buffers",
                                                      "unattributed", "freed-after-device-close"));
}

TEST(Judge, ListsAllocationsInTheOrderTheyWereMade) {
    auto snapshot = test_snapshot(ProcessState::exited);
    auto row = test_row(Kind::buffer, Owner::user);
    for (const std::uint64_t id : {7u, 3u, 5u}) {
        row.id = id;
        add_ended(snapshot.processes[0], row, Ending::outlived_device);
    }
    const auto rows = judge(snapshot, "").at(0).allocations;
    EXPECT_EQ(rows.at(0).id, 3u);
    EXPECT_EQ(rows.at(1).id, 5u);
    EXPECT_EQ(rows.at(2).id, 7u);
}

TEST(Judge, TakesTheReleaseFromAProcessWhenNobodySaidIt) {
    auto snapshot = test_snapshot(ProcessState::exited);
    snapshot.processes[0].identity.package = "ttnn 0.66.0";
    add_ended(snapshot.processes[0], test_row(Kind::circular_buffer, Owner::program),
              Ending::unreported);
    EXPECT_THAT(judge(snapshot, "").at(0).mended_in, testing::HasSubstr("0.70.1"));
}

TEST(Judge, KeepsTheTrueCountWhereRowsAreCut) {
    auto snapshot = test_snapshot(ProcessState::exited);
    auto& process = snapshot.processes[0];
    add_ended(process, test_row(Kind::buffer, Owner::user), Ending::outlived_device, 150);
    process.ended_count[static_cast<std::size_t>(Ending::outlived_device)] = 5000;

    const Finding finding = judge(snapshot, "").at(0);

    EXPECT_EQ(finding.count, 5000u);
    EXPECT_EQ(finding.allocations.size(), kMaxRows);
    EXPECT_EQ(finding.bytes, 150u * 4096) << "over all listed rows, not only those kept";
    EXPECT_THAT(finding.title, testing::HasSubstr("at least"));
    EXPECT_EQ(finding.evidence.size(), 1u) << "equal rows are one line";
}

TEST(Judge, SaysWhenTheLedgerAndTheAllocatorDisagree) {
    auto snapshot = test_snapshot(ProcessState::exited);
    snapshot.processes[0].health.verified = 10;
    EXPECT_TRUE(codes(snapshot).empty());
    snapshot.processes[0].health.verified_differing = 1;
    snapshot.processes[0].health.worst_difference_bytes = INT64_MIN;
    const Finding finding = judge(snapshot, "").at(0);
    EXPECT_EQ(finding.code, "ledger-differs-from-allocator");
    EXPECT_EQ(finding.bytes, std::uint64_t{1} << 63U);
}

TEST(Judge, CallsUnattributedWhatHasNoOwnerOrNoDevice) {
    auto snapshot = test_snapshot(ProcessState::running);
    auto nowhere = test_row(Kind::buffer, Owner::user);
    nowhere.devices.clear();
    snapshot.processes[0].held = {test_row(Kind::buffer, Owner::unknown), nowhere,
                                  test_row(Kind::buffer, Owner::user)};
    snapshot.processes[0].held_count = 3;
    const auto findings = judge(snapshot, "");
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].code, "unattributed");
    EXPECT_EQ(findings[0].count, 2u);
}

}  // namespace
}  // namespace plimsoll::findings
