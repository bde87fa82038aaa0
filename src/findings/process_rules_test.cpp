#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/rules.hpp"
#include "findings/test_rows.hpp"

namespace plimsoll::findings {
namespace {

using ledger::ProcessState;
using testing::HasSubstr;
using testing::Not;

ledger::Snapshot holding(ProcessState state, std::vector<ledger::AllocationView> rows) {
    auto snapshot = test_snapshot(state);
    snapshot.processes[0].held_count = rows.size();
    snapshot.processes[0].held = std::move(rows);
    return snapshot;
}

TEST(ProcessDiedHolding, NamesProcessSignalAndAmounts) {
    auto snapshot = holding(ProcessState::killed, {test_row(Kind::buffer, Owner::user, 64 << 20)});
    snapshot.processes[0].signal = 9;
    const auto findings = process_died_holding({snapshot, ""});
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].title,
              "python (pid 1) killed by SIGKILL holding 64.0 MiB of DRAM on device 0");
    EXPECT_EQ(findings[0].bytes, 64u << 20);
}

TEST(ProcessDiedHolding, CountsCircularBuffersApartBecauseTheyShareTheirSpace) {
    const auto snapshot = holding(
        ProcessState::killed,
        {test_row(Kind::buffer, Owner::user), test_row(Kind::circular_buffer, Owner::program)});
    EXPECT_THAT(process_died_holding({snapshot, ""}).at(0).title,
                HasSubstr("died holding 4096 B of DRAM, and 1 circular buffer on"));
}

TEST(ProcessDiedHolding, AddsNoBytesForAnAliasOfABuffer) {
    const auto snapshot =
        holding(ProcessState::killed, {test_row(Kind::buffer, Owner::user),
                                       test_row(Kind::global_circular_buffer, Owner::program)});
    EXPECT_THAT(process_died_holding({snapshot, ""}).at(0).title,
                HasSubstr("died holding 4096 B of DRAM, and 1 global circular buffer on"));
}

TEST(ProcessDiedHolding, IsSilentAboutReservationsAndOrderlyEnds) {
    const auto reserved =
        holding(ProcessState::killed, {test_row(Kind::reservation, Owner::runtime)});
    EXPECT_TRUE(process_died_holding({reserved, ""}).empty());
    const auto orderly = holding(ProcessState::exited, {test_row(Kind::buffer, Owner::user)});
    EXPECT_TRUE(process_died_holding({orderly, ""}).empty());
    const auto empty = holding(ProcessState::killed, {});
    EXPECT_TRUE(process_died_holding({empty, ""}).empty());
}

TEST(ProcessDiedHolding, CountsWhatTheTableHadNoRoomFor) {
    auto snapshot = holding(ProcessState::killed, {test_row(Kind::buffer, Owner::user)});
    snapshot.processes[0].held_count = 7;
    const auto finding = process_died_holding({snapshot, ""}).at(0);
    EXPECT_EQ(finding.count, 7u);
    EXPECT_THAT(finding.title, HasSubstr("holding at least 4096 B"));
}

TEST(LeftAtExit, TakesWhatAnExitedProcessStillHeldOfTheUsers) {
    const auto snapshot = holding(
        ProcessState::exited,
        {test_row(Kind::buffer, Owner::user), test_row(Kind::circular_buffer, Owner::program)});
    const auto findings = left_at_exit({snapshot, ""});
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].count, 1u);
    EXPECT_THAT(findings[0].cause, HasSubstr("os._exit"));
}

TEST(LeftAtExit, TellsTheImagesOfAProcessBeforeAndAfterAnExecApart) {
    auto snapshot = holding(ProcessState::exited, {test_row(Kind::buffer, Owner::user)});
    snapshot.processes.push_back(snapshot.processes[0]);
    snapshot.processes[1].held.clear();
    snapshot.processes[1].held_count = 0;
    EXPECT_EQ(left_at_exit({snapshot, ""}).at(0).evidence_count, 2u);  // its process, and the row
}

TEST(LeftAtExit, LeavesRunningProcessesAlone) {
    const auto snapshot = holding(ProcessState::running, {test_row(Kind::buffer, Owner::user)});
    EXPECT_TRUE(left_at_exit({snapshot, ""}).empty());
}

TEST(BufferOutlivesDevice, SumsOverDevicesAndNamesTheCallSite) {
    auto snapshot = test_snapshot(ProcessState::exited);
    snapshot.devices.resize(8);
    auto row = test_row(Kind::buffer, Owner::user, 1 << 20);
    row.devices = {0, 1, 2, 3, 4, 5, 6, 7};
    row.call_site.frames = {{"/a/b/model.py", "forward", 12}};
    add_ended(snapshot.processes[0], row, ledger::Ending::outlived_device, 2);
    const auto finding = buffer_outlives_device({snapshot, ""}).at(0);
    EXPECT_EQ(finding.title,
              "2 buffers (16.0 MiB of DRAM) outlived all 8 devices, all from model.py:12 in "
              "forward");
    EXPECT_EQ(finding.bytes, 16u << 20);
    EXPECT_EQ(finding.devices.size(), 8u);
    EXPECT_THAT(finding.cause, Not(HasSubstr("cached programs")));
}

TEST(BufferOutlivesDevice, SaysThatTheCachesOwnCannotBeToldApartWhileTheCacheLives) {
    auto snapshot = test_snapshot(ProcessState::exited);
    add_ended(snapshot.processes[0], test_row(Kind::buffer, Owner::user),
              ledger::Ending::outlived_device);
    snapshot.processes[0].cache_outlived = true;
    EXPECT_THAT(buffer_outlives_device({snapshot, ""}).at(0).cause, HasSubstr("cached programs"));
}

TEST(ProgramCacheHolds, IsNoError) {
    auto snapshot = test_snapshot(ProcessState::exited);
    EXPECT_TRUE(program_cache_holds({snapshot, ""}).empty());
    add_ended(snapshot.processes[0], test_row(Kind::buffer, Owner::user, 512 << 10),
              ledger::Ending::held_by_device, 2);
    const auto finding = program_cache_holds({snapshot, ""}).at(0);
    EXPECT_EQ(finding.severity, Severity::info);
    EXPECT_EQ(finding.title, "2 buffers (1.0 MiB of DRAM) kept by cached programs on device 0");
    EXPECT_EQ(finding.bytes, 1u << 20);
    EXPECT_TRUE(buffer_outlives_device({snapshot, ""}).empty());
}

}  // namespace
}  // namespace plimsoll::findings
