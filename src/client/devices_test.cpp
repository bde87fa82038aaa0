#include <numeric>

#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

using segment::Ending;

TEST(Devices, RuntimesAllocationEndsWithItsDeviceAndIsNoFinding) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    plimsoll_allocation a = Watched::buffer(set);
    a.owner = PLIMSOLL_RUNTIME;
    watched.allocate(a);
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    EXPECT_EQ(watched.ended(Ending::outlived_device), 0u);
    EXPECT_TRUE(watched.rows().empty());
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_BUFFER)), 0u);
}

TEST(Devices, WhatClaimsAProgramButNamesNoneIsJudgedLikeTheUsers) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    watched.allocate(Watched::owned(set, 0));
    plimsoll_close(watched.client, set, PLIMSOLL_CLOSED);
    EXPECT_EQ(plimsoll_waiting(watched.client), 1u);
    EXPECT_EQ(live(watched.cell(set, PLIMSOLL_CIRCULAR_BUFFER)), 0u);
}

TEST(Devices, ClosingAChipTakesItsMeshesAlong) {
    Watched watched;
    const plimsoll_devices chip0 = watched.chip(0);
    const plimsoll_devices chip1 = watched.chip(1);
    const plimsoll_devices both = watched.mesh(7, {0, 1});
    const plimsoll_devices other = watched.mesh(8, {1, 2});
    for (const plimsoll_devices set : {chip0, chip1, both, other}) {
        watched.allocate(Watched::buffer(set));
    }
    plimsoll_close(watched.client, chip0, PLIMSOLL_CLOSED);
    EXPECT_EQ(live(watched.cell(chip0, PLIMSOLL_BUFFER)), 0u);
    EXPECT_EQ(live(watched.cell(both, PLIMSOLL_BUFFER)), 0u);
    EXPECT_EQ(live(watched.cell(chip1, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(live(watched.cell(other, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(watched.shared.sets()[both].open, 0u);
    EXPECT_EQ(watched.shared.sets()[other].open, 1u);
    EXPECT_EQ(watched.shared.devices()[0].open, 0u);
    EXPECT_EQ(watched.shared.devices()[1].open, 1u);
}

TEST(Devices, ClosingAMeshLeavesOtherSetsAlone) {
    Watched watched;
    const plimsoll_devices chip0 = watched.chip(0);
    const plimsoll_devices mesh = watched.mesh(7, {0, 1});
    watched.allocate(Watched::buffer(chip0));
    watched.allocate(Watched::buffer(mesh));
    plimsoll_close(watched.client, mesh, PLIMSOLL_CLOSED);
    EXPECT_EQ(live(watched.cell(chip0, PLIMSOLL_BUFFER)), 1u);
    EXPECT_EQ(live(watched.cell(mesh, PLIMSOLL_BUFFER)), 0u);
    EXPECT_EQ(watched.shared.sets()[chip0].open, 1u);
}

TEST(Devices, ChipThatOnlyAMeshOpenedIsClosedWithIt) {
    Watched watched;
    watched.chip(0);
    const plimsoll_devices mesh = watched.mesh(7, {0, 1});
    plimsoll_close(watched.client, mesh, PLIMSOLL_CLOSED);
    EXPECT_EQ(watched.shared.devices()[0].open, 1u);
    EXPECT_EQ(watched.shared.devices()[1].open, 0u);
    watched.mesh(7, {0, 1});
    EXPECT_EQ(watched.shared.devices()[0].opens, 1u);
    EXPECT_EQ(watched.shared.devices()[1].opens, 2u);
}

TEST(Devices, MeshAndItsSubmeshOfTheSameChipsAreTwoSets) {
    Watched watched;
    const plimsoll_devices mesh = watched.mesh(1, {0, 1});
    const plimsoll_devices submesh = watched.mesh(2, {0, 1});
    EXPECT_NE(mesh, submesh);
    EXPECT_EQ(watched.mesh(1, {0, 1}), mesh);
    watched.allocate(Watched::buffer(mesh));
    plimsoll_close(watched.client, submesh, PLIMSOLL_CLOSED);
    EXPECT_EQ(watched.rows().size(), 1u);
    EXPECT_EQ(watched.ended(Ending::outlived_device), 0u);
    EXPECT_EQ(watched.shared.devices()[0].open, 1u);
    EXPECT_EQ(watched.mesh(3, {1, 0}), submesh);  // closed, so it is used again
    EXPECT_EQ(watched.shared.sets()[submesh].mesh, 3);
}

TEST(Devices, OpeningAgainCompletesWhatIsKnown) {
    Watched watched;
    watched.chip(4);
    plimsoll_device_info info{};
    info.size = sizeof info;
    info.device = 4;
    info.arch = 9;
    info.regions[PLIMSOLL_L1].banks = 64;
    info.regions[PLIMSOLL_L1].bytes_per_bank = 1'000'000;
    plimsoll_devices set = 0;
    ASSERT_EQ(plimsoll_device_open(watched.client, &info, &set), PLIMSOLL_OK);
    watched.chip(4);  // knows less, and takes nothing away
    const segment::Device& device = watched.shared.devices()[0];
    EXPECT_EQ(device.device, 4);
    EXPECT_EQ(device.arch, 9u);
    EXPECT_EQ(device.opens, 1u);
    EXPECT_EQ(device.regions[PLIMSOLL_L1].banks, 64u);
    EXPECT_EQ(device.regions[PLIMSOLL_L1].bytes_per_bank, 1'000'000u);
    EXPECT_EQ(watched.header().devices_used, 1u);
    EXPECT_EQ(watched.header().sets_used, 2u);
}

TEST(Devices, ReopeningAThousandTimesKeepsAllTablesFlat) {
    Watched watched;
    for (int round = 0; round < 1000; ++round) {
        const plimsoll_devices chip = watched.chip(0);
        const plimsoll_devices mesh = watched.mesh(round, {0, 1});
        const plimsoll_program program = watched.program(5, "softmax");
        const plimsoll_id on_chip = watched.allocate(Watched::buffer(chip));
        const plimsoll_id on_mesh = watched.allocate(Watched::buffer(mesh));
        watched.allocate(Watched::owned(mesh, program));
        plimsoll_close(watched.client, mesh, PLIMSOLL_CLOSED);
        plimsoll_close(watched.client, chip, PLIMSOLL_CLOSED);
        plimsoll_program_destroy(watched.client, program);
        plimsoll_object_gone(watched.client, on_chip, PLIMSOLL_HELD_BY_USER);
        plimsoll_object_gone(watched.client, on_mesh, PLIMSOLL_HELD_BY_DEVICE);
    }
    const segment::Header& h = watched.header();
    EXPECT_EQ(h.devices_used, 2u);
    EXPECT_EQ(h.sets_used, 3u);
    EXPECT_EQ(h.programs_used, 2u);
    EXPECT_EQ(h.slots_used, 3u);
    EXPECT_EQ(h.text_used, 1u + 1 + 2);  // none, its length, "softmax"
    EXPECT_EQ(watched.shared.devices()[0].opens, 1000u);
    EXPECT_TRUE(watched.rows().empty());
    EXPECT_EQ(watched.ended(Ending::outlived_device), 1000u);
    EXPECT_EQ(watched.ended(Ending::held_by_device), 1000u);
    EXPECT_EQ(watched.ended(Ending::unreported), 1000u);
}

TEST(Devices, TablesHold256ChipsAnd255Sets) {
    Watched watched;
    for (int i = 0; i < 255; ++i) EXPECT_EQ(watched.chip(i), static_cast<std::uint32_t>(i) + 1);
    plimsoll_device_info info{};
    info.size = sizeof info;
    info.device = 255;
    plimsoll_devices set = 1;
    EXPECT_EQ(plimsoll_device_open(watched.client, &info, &set), PLIMSOLL_TABLE_FULL);  // sets
    EXPECT_EQ(set, 0u);
    EXPECT_EQ(watched.header().devices_used, 256u);
    info.device = 256;
    EXPECT_EQ(plimsoll_device_open(watched.client, &info, &set), PLIMSOLL_TABLE_FULL);  // chips
    EXPECT_EQ(watched.header().table_overflows, 2u);
    EXPECT_EQ(watched.chip(7), 8u);
}

TEST(Devices, MeshMayHave256Chips) {
    Watched watched;
    std::vector<std::int32_t> chips(257);
    std::iota(chips.begin(), chips.end(), -5);
    plimsoll_mesh_info info{};
    info.size = sizeof info;
    info.devices = chips.data();
    info.device_count = 256;
    plimsoll_devices set = 0;
    EXPECT_EQ(plimsoll_mesh_open(watched.client, &info, &set), PLIMSOLL_OK);
    for (const std::uint64_t members : watched.shared.sets()[set].members) {
        EXPECT_EQ(members, ~std::uint64_t{0});
    }
    for (const std::uint32_t count : {0u, 257u}) {
        info.device_count = count;
        EXPECT_EQ(plimsoll_mesh_open(watched.client, &info, &set), PLIMSOLL_INVALID_ARGUMENT);
    }
    info.device_count = 1;
    info.devices = nullptr;
    EXPECT_EQ(plimsoll_mesh_open(watched.client, &info, &set), PLIMSOLL_INVALID_ARGUMENT);
}

TEST(Devices, OnlyKnownSetsCanBeClosed) {
    Watched watched;
    const plimsoll_devices set = watched.chip(0);
    EXPECT_EQ(plimsoll_close(watched.client, 0, PLIMSOLL_CLOSED), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_close(watched.client, set + 1, PLIMSOLL_CLOSED), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(plimsoll_close(watched.client, set, PLIMSOLL_CLOSED), PLIMSOLL_OK);
    EXPECT_EQ(plimsoll_close(watched.client, set, PLIMSOLL_CLOSED), PLIMSOLL_OK);
}

}  // namespace
}  // namespace plimsoll::client
