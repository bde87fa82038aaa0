#include "client/unlisted.hpp"

#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

constexpr std::uint32_t kListed = 4;

// A live table that is full, and one chip.
struct Full {
    Watched watched{kListed};
    plimsoll_devices set = watched.chip(0);

    Full() {
        for (std::uint32_t i = 0; i < kListed; ++i) watched.allocate(Watched::buffer(set));
    }
    plimsoll_id unlisted() { return watched.allocate(Watched::buffer(set), PLIMSOLL_UNLISTED); }
    [[nodiscard]] const segment::Cell& cell() const { return watched.cell(set, PLIMSOLL_BUFFER); }
};

TEST(Unlisted, IsCountedLikeAllOthers) {
    Full full;
    const plimsoll_id id = full.unlisted();
    EXPECT_TRUE(is_unlisted(id));
    EXPECT_EQ(live(full.cell()), 5u);
    EXPECT_EQ(full.cell().live_bytes, 5u * 640);
    EXPECT_EQ(full.cell().peak_bytes, 5u * 640);
    EXPECT_EQ(full.cell().unlisted_live, 1u);
    EXPECT_EQ(full.cell().unlisted_bytes, 640u);
    EXPECT_EQ(full.watched.header().unlisted_allocations, 1u);
    EXPECT_EQ(full.watched.rows().size(), kListed);

    EXPECT_EQ(plimsoll_free(full.watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(live(full.cell()), 4u);
    EXPECT_EQ(full.cell().live_bytes, 4u * 640);
    EXPECT_EQ(full.cell().unlisted_live, 0u);
    EXPECT_EQ(full.cell().unlisted_bytes, 0u);
    EXPECT_EQ(full.cell().frees, 1u);
    EXPECT_EQ(reported_frees(full.cell()), 1u);
}

TEST(Unlisted, SecondFreeTurnsNoCounterOver) {
    Full full;
    const plimsoll_id id = full.unlisted();
    EXPECT_EQ(plimsoll_free(full.watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_free(full.watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(live(full.cell()), 4u);
    EXPECT_EQ(full.cell().live_bytes, 4u * 640);
    EXPECT_EQ(full.cell().unlisted_live, 0u);
    EXPECT_EQ(full.watched.header().double_frees, 1u);
}

TEST(Unlisted, ClosingTheDeviceEndsThemAll) {
    Full full;
    const plimsoll_id first = full.unlisted();
    full.unlisted();
    plimsoll_close(full.watched.client, full.set, PLIMSOLL_CLOSED);
    EXPECT_EQ(live(full.cell()), 0u);
    EXPECT_EQ(full.cell().live_bytes, 0u);
    EXPECT_EQ(full.cell().unlisted_live, 0u);
    EXPECT_EQ(full.cell().frees, 2u);  // the listed ones wait for their objects
    EXPECT_EQ(full.watched.ended(segment::Ending::outlived_device), 2u);

    // Open again and still full: ids from before the close are over all the same.
    full.watched.chip(0);
    const plimsoll_id later = full.unlisted();
    EXPECT_EQ(plimsoll_free(full.watched.client, first), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(full.cell().unlisted_live, 1u);
    EXPECT_EQ(plimsoll_free(full.watched.client, later), PLIMSOLL_OK);
}

// It is the runtime's own, and nobody left it there.
TEST(Unlisted, ReservationEndsWithItsDeviceAsItShould) {
    Full full;
    plimsoll_allocation reservation = Watched::buffer(full.set);
    reservation.kind = PLIMSOLL_RESERVATION;
    reservation.owner = PLIMSOLL_RUNTIME;
    full.watched.allocate(reservation, PLIMSOLL_UNLISTED);
    plimsoll_close(full.watched.client, full.set, PLIMSOLL_CLOSED);
    EXPECT_EQ(full.watched.ended(segment::Ending::outlived_device), 0u);
    EXPECT_EQ(live(full.watched.cell(full.set, PLIMSOLL_RESERVATION)), 0u);
}

TEST(Unlisted, IdIsStillHarmlessWhenItsCountOfClosesComesRound) {
    Full full;
    const plimsoll_id id = full.unlisted();
    for (int i = 0; i < 256; ++i) plimsoll_close(full.watched.client, full.set, PLIMSOLL_CLOSED);
    EXPECT_EQ(plimsoll_free(full.watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(live(full.cell()), 0u);
    EXPECT_EQ(full.cell().live_bytes, 0u);
}

TEST(Unlisted, HugeSizesStayBalanced) {
    Full full;
    plimsoll_allocation huge = Watched::buffer(full.set);
    huge.bytes_per_bank = ~std::uint64_t{0} / 16;
    huge.banks = 10;
    const plimsoll_id id = full.watched.allocate(huge, PLIMSOLL_UNLISTED);
    EXPECT_EQ(plimsoll_free(full.watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(full.cell().live_bytes, 4u * 640);
}

TEST(Unlisted, FreedSlotListsAgain) {
    Watched watched(1);
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id listed = watched.allocate(Watched::buffer(set));
    const plimsoll_id counted = watched.allocate(Watched::buffer(set), PLIMSOLL_UNLISTED);
    EXPECT_EQ(plimsoll_free(watched.client, listed), PLIMSOLL_OK);
    EXPECT_FALSE(is_unlisted(watched.allocate(Watched::buffer(set))));
    EXPECT_EQ(plimsoll_free(watched.client, counted), PLIMSOLL_OK);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 1u);
}

TEST(Unlisted, ProgramsAllocationNeedsARow) {
    Full full;
    const plimsoll_program program = full.watched.program();
    const plimsoll_id id =
        full.watched.allocate(Watched::owned(full.set, program), PLIMSOLL_TABLE_FULL);
    EXPECT_EQ(id, 0u);
    EXPECT_EQ(full.watched.header().table_overflows, 1u);
    EXPECT_EQ(live(full.watched.cell(full.set, PLIMSOLL_CIRCULAR_BUFFER)), 0u);
}

}  // namespace
}  // namespace plimsoll::client
