#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

using segment::Ending;

// A buffer of the user's that was there when its device closed.
struct Survivor {
    Watched watched;
    plimsoll_devices set = watched.chip(0);
    plimsoll_id id = watched.allocate(Watched::buffer(set));

    explicit Survivor(plimsoll_close_manner manner = PLIMSOLL_CLOSED) {
        EXPECT_EQ(plimsoll_close(watched.client, set, manner), PLIMSOLL_OK);
    }
    plimsoll_status gone(plimsoll_holder holder) {
        return plimsoll_object_gone(watched.client, id, holder);
    }
    [[nodiscard]] const segment::Cell& cell() const { return watched.cell(set, PLIMSOLL_BUFFER); }
    [[nodiscard]] std::uint64_t waiting() const { return plimsoll_waiting(watched.client); }
};

TEST(ObjectGone, SurvivorHoldsNoMemoryButWaits) {
    const Survivor survivor;
    EXPECT_EQ(live(survivor.cell()), 0u);
    EXPECT_EQ(survivor.cell().live_bytes, 0u);
    EXPECT_EQ(survivor.waiting(), 1u);
    ASSERT_EQ(survivor.watched.rows().size(), 1u);
    EXPECT_EQ(survivor.watched.rows()[0].record.flags, segment::kReported | segment::kSuspended);
}

TEST(ObjectGone, UsersSurvivorHasOutlivedItsDevice) {
    Survivor survivor;
    EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_USER), PLIMSOLL_OK);
    EXPECT_EQ(survivor.watched.ended(Ending::outlived_device), 1u);
    EXPECT_EQ(survivor.watched.row(Ending::outlived_device, 0).state, (survivor.id >> 20) * 2);
    EXPECT_EQ(survivor.watched.ended(Ending::left_at_exit), 0u);
    EXPECT_EQ(survivor.cell().frees, 1u);
    EXPECT_EQ(reported_frees(survivor.cell()), 0u);
    EXPECT_EQ(survivor.cell().live_bytes, 0u);
    EXPECT_EQ(survivor.waiting(), 0u);
    EXPECT_TRUE(survivor.watched.rows().empty());
}

TEST(ObjectGone, UsersSurvivorOfACloseAtExitWasLeft) {
    Survivor survivor(PLIMSOLL_CLOSED_AT_EXIT);
    EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_USER), PLIMSOLL_OK);
    EXPECT_EQ(survivor.watched.ended(Ending::outlived_device), 0u);
    EXPECT_EQ(survivor.watched.ended(Ending::left_at_exit), 1u);
}

TEST(ObjectGone, SecondCloseAtExitChangesNothingAboutTheFirst) {
    Survivor survivor;
    plimsoll_close(survivor.watched.client, survivor.set, PLIMSOLL_CLOSED_AT_EXIT);
    EXPECT_EQ(survivor.waiting(), 1u);
    EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_USER), PLIMSOLL_OK);
    EXPECT_EQ(survivor.watched.ended(Ending::outlived_device), 1u);
}

TEST(ObjectGone, WhatTheDeviceItselfKeptIsNotTheUsers) {
    for (const auto manner : {PLIMSOLL_CLOSED, PLIMSOLL_CLOSED_AT_EXIT}) {
        Survivor survivor(manner);
        EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_DEVICE), PLIMSOLL_OK);
        EXPECT_EQ(survivor.watched.ended(Ending::held_by_device), 1u);
        EXPECT_EQ(survivor.watched.ended(Ending::outlived_device), 0u);
        EXPECT_EQ(survivor.watched.ended(Ending::left_at_exit), 0u);
        EXPECT_EQ(survivor.cell().frees, 1u);
        EXPECT_EQ(survivor.waiting(), 0u);
    }
}

TEST(ObjectGone, TraceIsTheUsersToReleaseAlthoughTheDeviceKeptIt) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    plimsoll_allocation trace = Watched::buffer(set);
    trace.kind = PLIMSOLL_TRACE;
    const plimsoll_id id = watched.allocate(trace);
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    EXPECT_EQ(plimsoll_object_gone(watched.client, id, PLIMSOLL_HELD_BY_DEVICE), PLIMSOLL_OK);
    EXPECT_EQ(watched.ended(Ending::outlived_device), 1u);
    EXPECT_EQ(watched.ended(Ending::held_by_device), 0u);
}

TEST(ObjectGone, IsSaidOnce) {
    Survivor survivor;
    EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_USER), PLIMSOLL_OK);
    EXPECT_EQ(survivor.gone(PLIMSOLL_HELD_BY_DEVICE), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_free(survivor.watched.client, survivor.id), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(survivor.watched.ended(Ending::held_by_device), 0u);
    EXPECT_EQ(survivor.waiting(), 0u);
}

TEST(ObjectGone, LateFreeOfASurvivorIsAReportedFreeAfterItsDevice) {
    Survivor survivor;
    EXPECT_EQ(plimsoll_free(survivor.watched.client, survivor.id), PLIMSOLL_OK);
    EXPECT_EQ(survivor.watched.ended(Ending::outlived_device), 1u);
    EXPECT_EQ(survivor.cell().frees, 1u);
    EXPECT_EQ(reported_frees(survivor.cell()), 1u);
    EXPECT_EQ(survivor.waiting(), 0u);
}

TEST(ObjectGone, EndsNothingWhileTheDeviceIsOpen) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id id = watched.allocate(Watched::buffer(set));
    EXPECT_EQ(plimsoll_object_gone(watched.client, id, PLIMSOLL_HELD_BY_USER), PLIMSOLL_OK);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(plimsoll_waiting(watched.client), 0u);
}

TEST(ObjectGone, ProgramsEndOnlyWithTheirProgram) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    const plimsoll_id id = watched.allocate(Watched::owned(set, program));
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    EXPECT_EQ(plimsoll_waiting(watched.client), 0u);
    EXPECT_EQ(plimsoll_object_gone(watched.client, id, PLIMSOLL_HELD_BY_DEVICE),
              PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(watched.rows().size(), 1u);
    plimsoll_program_destroy(watched.client, program);
    EXPECT_TRUE(watched.rows().empty());
}

TEST(ObjectGone, UnknownIdsAreRefused) {
    Survivor survivor;
    const plimsoll_id other_slot = survivor.id + 1;
    const plimsoll_id far_slot = survivor.id | 0xfffff;
    const plimsoll_id later = survivor.id + (std::uint64_t{1} << 20);
    for (const plimsoll_id id : {plimsoll_id{0}, other_slot, far_slot, later}) {
        EXPECT_EQ(plimsoll_object_gone(survivor.watched.client, id, PLIMSOLL_HELD_BY_USER),
                  PLIMSOLL_INVALID_ARGUMENT);
    }
    EXPECT_EQ(plimsoll_object_gone(nullptr, survivor.id, PLIMSOLL_HELD_BY_USER), PLIMSOLL_DETACHED);
    EXPECT_EQ(plimsoll_waiting(nullptr), 0u);
    EXPECT_EQ(survivor.waiting(), 1u);
}

}  // namespace
}  // namespace plimsoll::client
