#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

using segment::Ending;

TEST(Programs, DestroyEndsWhatTheProgramOwns) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program mine = watched.program();
    const plimsoll_program other = watched.program();
    watched.allocate(Watched::owned(set, mine));
    watched.allocate(Watched::owned(set, mine));
    watched.allocate(Watched::owned(set, other));
    EXPECT_EQ(plimsoll_program_destroy(watched.client, mine), PLIMSOLL_OK);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER)), 1u);
    EXPECT_EQ(watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER).frees, 2u);
    ASSERT_EQ(watched.rows().size(), 1u);
    EXPECT_EQ(watched.rows()[0].record.program, other);
}

TEST(Programs, OwnedAllocationIsNotEndedByAFree) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id id = watched.allocate(Watched::owned(set, watched.program()));
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(watched.rows().size(), 1u);
}

TEST(Programs, EndThatTheRuntimeNeverReportedIsKept) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program(77, "matmul");
    const plimsoll_id id = watched.allocate(Watched::owned(set, program));
    plimsoll_program_destroy(watched.client, program);
    ASSERT_EQ(watched.ended(Ending::unreported), 1u);
    const segment::Ended row = watched.row(Ending::unreported, 0);
    EXPECT_EQ(row.state, (id >> 20) * 2);
    EXPECT_EQ(row.program_runtime_id, 77u);
    EXPECT_EQ(row.program_label, plimsoll_intern(watched.client, "matmul", 6));
    EXPECT_GT(row.ended_at_ns, 0u);
    EXPECT_EQ(reported_frees(watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER)), 0u);
}

TEST(Programs, ReportedEndIsOrdinary) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::owned(set, program));
    EXPECT_EQ(plimsoll_program_report_free(watched.client, program), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_program_report_free(watched.client, program), PLIMSOLL_OK);
    EXPECT_EQ(watched.rows().size(), 1u);
    plimsoll_program_destroy(watched.client, program);
    EXPECT_EQ(watched.ended(Ending::unreported), 0u);
    EXPECT_EQ(watched.ended(Ending::reported_late), 0u);
    EXPECT_EQ(reported_frees(watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER)), 1u);
}

TEST(Programs, WhatTheRuntimeNeverReportedAllocatedNeedsNoReportedEnd) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    plimsoll_allocation quiet = Watched::owned(set, program);
    quiet.reported = 0;
    watched.allocate(quiet);
    plimsoll_program_destroy(watched.client, program);
    EXPECT_EQ(watched.ended(Ending::unreported), 0u);
}

TEST(Programs, LayingOutAnewEndsThatKindOnThoseDevicesOnly) {
    Watched watched;
    const plimsoll_devices first = watched.chip(0);
    const plimsoll_devices second = watched.chip(1);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::owned(first, program));
    watched.allocate(Watched::owned(second, program));
    watched.allocate(Watched::owned(first, program, PLIMSOLL_KERNEL_BINARY));
    watched.allocate(Watched::owned(first, program));
    EXPECT_EQ(
        plimsoll_program_laid_out_anew(watched.client, program, PLIMSOLL_CIRCULAR_BUFFER, first),
        PLIMSOLL_OK);
    EXPECT_EQ(live(watched.cell(first, PLIMSOLL_CIRCULAR_BUFFER)), 0u);
    EXPECT_EQ(live(watched.cell(second, PLIMSOLL_CIRCULAR_BUFFER)), 1u);
    EXPECT_EQ(live(watched.cell(first, PLIMSOLL_KERNEL_BINARY)), 1u);
    EXPECT_EQ(watched.ended(Ending::unreported), 0u);
    watched.allocate(Watched::owned(first, program));
    plimsoll_program_destroy(watched.client, program);
    EXPECT_TRUE(watched.rows().empty());
    EXPECT_EQ(watched.ended(Ending::unreported), 3u);
}

TEST(Programs, ClosedDeviceSuspendsAndLateReportIsKept) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::owned(set, program));
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    const segment::Cell& cell = watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER);
    EXPECT_EQ(live(cell), 0u);
    EXPECT_EQ(cell.live_bytes, 0u);
    EXPECT_EQ(cell.frees, 0u);
    ASSERT_EQ(watched.rows().size(), 1u);
    EXPECT_EQ(watched.rows()[0].record.flags, segment::kReported | segment::kSuspended);

    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);  // does not count it out again
    EXPECT_EQ(live(cell), 0u);
    plimsoll_program_report_free(watched.client, program);
    plimsoll_program_destroy(watched.client, program);
    EXPECT_EQ(watched.ended(Ending::reported_late), 1u);
    EXPECT_EQ(watched.ended(Ending::unreported), 0u);
    EXPECT_EQ(live(cell), 0u);
    EXPECT_EQ(cell.frees, 1u);
    EXPECT_TRUE(watched.rows().empty());
}

TEST(Programs, ClosedDeviceAndNoReportIsUnreported) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::owned(set, program));
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    plimsoll_program_destroy(watched.client, program);
    EXPECT_EQ(watched.ended(Ending::unreported), 1u);
    EXPECT_EQ(watched.ended(Ending::reported_late), 0u);
}

plimsoll_allocation on_cores(Watched& watched, plimsoll_devices set, plimsoll_program program) {
    const plimsoll_core_range row{0, 0, 9, 0};
    plimsoll_allocation allocation = Watched::owned(set, program);
    allocation.cores = plimsoll_intern_cores(watched.client, &row, 1);
    return allocation;
}

TEST(Programs, RunIsToldWhenAnotherProgramRanSinceOrSomethingWasAllocated) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program one = watched.program();
    const plimsoll_program other = watched.program();
    watched.allocate(on_cores(watched, set, one));
    const auto runs = [&](plimsoll_program program) {
        const std::uint64_t before = watched.header().sequence;
        EXPECT_EQ(plimsoll_program_run(watched.client, program), PLIMSOLL_OK);
        const std::uint64_t told = watched.header().sequence - before;
        const std::uint64_t last_run = watched.shared.programs()[program].last_run;
        EXPECT_EQ(last_run, told == 0 ? last_run : before + 1);
        return told;
    };
    EXPECT_EQ(watched.shared.programs()[one].last_run, 0u);
    EXPECT_EQ(runs(one), 1u);
    EXPECT_EQ(runs(one), 0u);
    EXPECT_EQ(runs(other), 1u);
    EXPECT_EQ(runs(one), 1u);
    watched.allocate(Watched::buffer(set));
    EXPECT_EQ(runs(one), 0u);
    watched.allocate(on_cores(watched, set, one));
    EXPECT_EQ(runs(one), 1u);
    plimsoll_program_destroy(watched.client, one);
    EXPECT_EQ(watched.program(), one);
    EXPECT_EQ(watched.shared.programs()[one].last_run, 0u);
    EXPECT_EQ(runs(one), 1u);
}

TEST(Programs, EndOfWhatHasRunIsRememberedByItsDevices) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_devices other = watched.chip(1);
    const plimsoll_program program = watched.program();
    watched.allocate(on_cores(watched, set, program));
    watched.allocate(on_cores(watched, other, program));
    const std::uint64_t& over = watched.shared.sets()[set].last_run_over;
    plimsoll_program_laid_out_anew(watched.client, program, PLIMSOLL_CIRCULAR_BUFFER, set);
    EXPECT_EQ(over, 0u);  // it had not run
    watched.allocate(on_cores(watched, set, program));
    plimsoll_program_run(watched.client, program);
    const std::uint64_t run = watched.shared.programs()[program].last_run;
    plimsoll_program_laid_out_anew(watched.client, program, PLIMSOLL_CIRCULAR_BUFFER, set);
    EXPECT_EQ(over, run);
    EXPECT_EQ(watched.shared.sets()[other].last_run_over, 0u);
    plimsoll_close(watched.client, other, PLIMSOLL_CLOSED);
    EXPECT_EQ(watched.shared.sets()[other].last_run_over, run);
}

TEST(Programs, HandlesOfNoProgramAreRefused) {
    Watched watched;
    const plimsoll_program program = watched.program();
    plimsoll_program_destroy(watched.client, program);
    for (const plimsoll_program bad : {0u, program, program + 1, 70'000u, 0xffffffffu}) {
        EXPECT_EQ(plimsoll_program_destroy(watched.client, bad), PLIMSOLL_INVALID_ARGUMENT);
        EXPECT_EQ(plimsoll_program_report_free(watched.client, bad), PLIMSOLL_INVALID_ARGUMENT);
        EXPECT_EQ(plimsoll_program_run(watched.client, bad), PLIMSOLL_INVALID_ARGUMENT);
        EXPECT_EQ(plimsoll_program_laid_out_anew(watched.client, bad, PLIMSOLL_BUFFER, 0),
                  PLIMSOLL_INVALID_ARGUMENT);
    }
}

TEST(Programs, RowsOfUnusualEndsAreLimitedAndTheirNumberIsNot) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    for (std::uint32_t i = 0; i < segment::kMaxEnded + 10; ++i) {
        const plimsoll_program program = watched.program(i);
        watched.allocate(Watched::owned(set, program));
        plimsoll_program_destroy(watched.client, program);
    }
    EXPECT_EQ(watched.ended(Ending::unreported), segment::kMaxEnded + 10);
    EXPECT_EQ(watched.row(Ending::unreported, segment::kMaxEnded - 1).program_runtime_id,
              segment::kMaxEnded - 1);
    EXPECT_EQ(watched.row(Ending::reported_late, 0).state, 0u);  // the next row of the table
}

TEST(Programs, TableHolds65535AtOnce) {
    Watched watched;
    plimsoll_program_info info{};
    info.size = sizeof info;
    plimsoll_program last = 0;
    for (int i = 0; i < 65'535; ++i) last = watched.program();
    EXPECT_EQ(last, 65'535u);
    plimsoll_program one_more = 1;
    EXPECT_EQ(plimsoll_program_create(watched.client, &info, &one_more), PLIMSOLL_TABLE_FULL);
    EXPECT_EQ(one_more, 0u);
    EXPECT_EQ(watched.header().table_overflows, 1u);
    plimsoll_program_destroy(watched.client, 400);
    EXPECT_EQ(watched.program(), 400u);
}

}  // namespace
}  // namespace plimsoll::client
