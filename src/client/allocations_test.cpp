#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

TEST(Allocations, RowHoldsWhatTheCallerSaid) {
    Watched watched;
    const plimsoll_devices set = watched.chip(3);
    plimsoll_allocation a = Watched::buffer(set);
    a.location = 5;
    a.cores = 9;
    a.program = 12;  // whose work it was; the owner is still the user
    watched.allocate(a);
    const auto rows = watched.rows();
    ASSERT_EQ(rows.size(), 1u);
    const segment::Record& r = rows[0].record;
    EXPECT_EQ(r.address, 0x1000u);
    EXPECT_EQ(r.bytes, 600u);
    EXPECT_EQ(r.bytes_per_bank, 64u);
    EXPECT_GT(r.made_at_ns, 0u);
    EXPECT_EQ(r.program, 12u);
    EXPECT_EQ(r.location, 5u);
    EXPECT_EQ(r.cores, 9u);
    EXPECT_EQ(r.set, set);
    EXPECT_EQ(r.banks, 10u);
    EXPECT_EQ(r.kind, PLIMSOLL_BUFFER);
    EXPECT_EQ(r.region, PLIMSOLL_L1);
    EXPECT_EQ(r.owner, PLIMSOLL_USER);
    EXPECT_EQ(r.flags, segment::kReported);
}

TEST(Allocations, CountersFollowLiveBytesAndKeepThePeak) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    plimsoll_allocation quiet = Watched::buffer(set);
    quiet.reported = 0;
    const plimsoll_id first = watched.allocate(Watched::buffer(set));
    const plimsoll_id second = watched.allocate(quiet);
    const segment::Cell& cell = watched.cell(set, PLIMSOLL_BUFFER);
    EXPECT_EQ(live(cell), 2u);
    EXPECT_EQ(cell.live_bytes, 1280u);
    EXPECT_EQ(plimsoll_free(watched.client, first), PLIMSOLL_OK);
    EXPECT_EQ(live(cell), 1u);
    EXPECT_EQ(cell.live_bytes, 640u);
    EXPECT_EQ(cell.peak_bytes, 1280u);
    EXPECT_EQ(plimsoll_free(watched.client, second), PLIMSOLL_OK);
    EXPECT_EQ(cell.live_bytes, 0u);
    EXPECT_EQ(cell.peak_bytes, 1280u);
    EXPECT_EQ(cell.allocations, 2u);
    EXPECT_EQ(cell.frees, 2u);
    EXPECT_EQ(reported_allocations(cell), 1u);
    EXPECT_EQ(reported_frees(cell), 1u);
    EXPECT_TRUE(watched.rows().empty());
}

TEST(Allocations, SecondFreeIsCountedAndHarmless) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id id = watched.allocate(Watched::buffer(set));
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
    const plimsoll_id next = watched.allocate(Watched::buffer(set));  // in the same slot
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(watched.header().double_frees, 2u);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(plimsoll_free(watched.client, next), PLIMSOLL_OK);
    EXPECT_EQ(watched.header().slots_used, 1u);
}

TEST(Allocations, InventedIdsChangeNothing) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    watched.allocate(Watched::buffer(set));
    for (const plimsoll_id id : {0ull, 1ull, 5ull, 0xfffffull, 1ull << 20 | 1, 7ull << 20,
                                 ~0ull >> 1, ~0ull, 1ull << 63}) {
        EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT) << id;
        if (id >> 63 == 0) {
            EXPECT_EQ(plimsoll_report_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT) << id;
        }
    }
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(reported_frees(watched.cell(set, PLIMSOLL_BUFFER)), 0u);
    EXPECT_EQ(live(watched.cell(0, PLIMSOLL_UNKNOWN_KIND, PLIMSOLL_DRAM)), 0u);
    EXPECT_EQ(watched.rows().size(), 1u);
}

TEST(Allocations, ValuesOutOfRangeAreRefused) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const auto refused = [&](auto change) {
        plimsoll_allocation a = Watched::buffer(set);
        change(a);
        plimsoll_id id = 1;
        EXPECT_EQ(plimsoll_allocate(watched.client, &a, &id), PLIMSOLL_INVALID_ARGUMENT);
        EXPECT_EQ(id, 0u);
    };
    refused([](plimsoll_allocation& a) { a.size -= 8; });
    refused([](plimsoll_allocation& a) { a.kind = PLIMSOLL_KIND_COUNT; });
    refused([](plimsoll_allocation& a) { a.region = PLIMSOLL_REGION_COUNT; });
    refused([](plimsoll_allocation& a) { a.owner = PLIMSOLL_OWNER_COUNT; });
    refused([](plimsoll_allocation& a) { a.devices += 1; });
    refused([](plimsoll_allocation& a) { a.program = 1u << 16; });
    refused([](plimsoll_allocation& a) { a.banks = 0x10000; });
    plimsoll_allocation good = Watched::buffer(set);
    EXPECT_EQ(plimsoll_allocate(watched.client, &good, nullptr), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_TRUE(watched.rows().empty());
}

TEST(Allocations, OwnerMustBeAProgramThatLives) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::owned(set, program + 1), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_program_destroy(watched.client, program), PLIMSOLL_OK);
    watched.allocate(Watched::owned(set, program), PLIMSOLL_INVALID_ARGUMENT);
}

TEST(Allocations, ReportedFreeEndsNothingAndIsCountedOnce) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_id id = watched.allocate(Watched::buffer(set));
    EXPECT_EQ(plimsoll_report_free(watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_report_free(watched.client, id), PLIMSOLL_OK);
    const segment::Cell& cell = watched.cell(set, PLIMSOLL_BUFFER);
    EXPECT_EQ(reported_frees(cell), 1u);
    EXPECT_EQ(live(cell), 1u);
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(reported_frees(cell), 1u);
    EXPECT_EQ(cell.frees, 1u);
    EXPECT_EQ(plimsoll_report_free(watched.client, id), PLIMSOLL_INVALID_ARGUMENT);
}

TEST(Allocations, OccupiedLeavesOutWhatIsNoAllocators) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    const plimsoll_program program = watched.program();
    watched.allocate(Watched::buffer(set));
    watched.allocate(Watched::owned(set, program, PLIMSOLL_CIRCULAR_BUFFER));
    watched.allocate(Watched::owned(set, program, PLIMSOLL_DATAFLOW_BUFFER));
    watched.allocate(Watched::owned(set, program, PLIMSOLL_GLOBAL_CIRCULAR_BUFFER));
    watched.allocate(Watched::owned(set, program, PLIMSOLL_KERNEL_BINARY));
    EXPECT_EQ(plimsoll_occupied(watched.client, set, PLIMSOLL_L1), 1280u);
    EXPECT_EQ(plimsoll_occupied(watched.client, set, PLIMSOLL_DRAM), 0u);
    EXPECT_EQ(plimsoll_occupied(watched.client, 256, PLIMSOLL_L1), 0u);
}

TEST(Allocations, UnknownDevicesAreListedAsUnattributed) {
    Watched watched;
    const plimsoll_id id = watched.allocate(Watched::buffer(0));
    EXPECT_EQ(watched.cell(0, PLIMSOLL_BUFFER).live_bytes, 640u);
    EXPECT_EQ(plimsoll_free(watched.client, id), PLIMSOLL_OK);
    EXPECT_EQ(watched.cell(0, PLIMSOLL_BUFFER).live_bytes, 0u);
}

TEST(Allocations, AllocatingAndFreeingForEverUsesNoMoreSlots) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    for (int i = 0; i < 10'000; ++i) {
        const plimsoll_id first = watched.allocate(Watched::buffer(set));
        const plimsoll_id second = watched.allocate(Watched::buffer(set));
        EXPECT_EQ(plimsoll_free(watched.client, first), PLIMSOLL_OK);
        EXPECT_EQ(plimsoll_free(watched.client, second), PLIMSOLL_OK);
    }
    EXPECT_EQ(watched.header().slots_used, 2u);
    EXPECT_EQ(watched.cell(set, PLIMSOLL_BUFFER).peak_bytes, 1280u);
}

}  // namespace
}  // namespace plimsoll::client
