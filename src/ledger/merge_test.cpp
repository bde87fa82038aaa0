#include "ledger/merge.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);

ProcessView process_on_chip(std::int32_t chip, std::uint64_t live, std::uint64_t peak) {
    ProcessView process;
    DeviceUse device;
    device.device = chip;
    device.open = true;
    device.regions[kDram].live = {live, Coverage::exact};
    device.regions[kDram].peak = {peak, Coverage::exact};
    device.regions[kDram].capacity = {1000, Coverage::exact};
    device.regions[kDram].at_peak = {{Kind::buffer, Owner::user, peak, peak, {}, {}, {}}};
    process.devices.push_back(device);
    KindUse kind;
    kind.kind = Kind::buffer;
    kind.allocations = 3;
    kind.frees = 2;
    kind.live = 1;
    kind.live_bytes = live;
    kind.peak_bytes = {peak, Coverage::exact};
    process.kinds.push_back(kind);
    process.held_count = 1;
    process.reported_active = 2;
    process.live_bytes = {live, Coverage::exact};
    process.peak_bytes = {peak, Coverage::exact};
    process.events = {10, 8, 2};
    return process;
}

TEST(Merge, AddsWhatProgramsOfSeveralProcessesHold) {
    ProcessView one = process_on_chip(0, 10, 50);
    one.devices[0].registered = {{700, Coverage::exact}, {900, Coverage::exact}};
    one.devices[0].resident = {{100, Coverage::exact}, {400, Coverage::exact}};
    const DeviceUse both = merge({one, one}).devices[0];
    EXPECT_EQ(both.registered.live.value, 1400u);
    EXPECT_EQ(both.registered.peak.value, 1400u);
    EXPECT_EQ(both.resident.live.value, 200u);
    EXPECT_EQ(both.resident.peak.value, 400u);
    EXPECT_EQ(both.resident.peak.coverage, Coverage::at_least);
}

TEST(Merge, LeavesTheFiguresOfASingleProcessAsTheyAre) {
    const Snapshot snapshot = merge({process_on_chip(0, 10, 50)});
    EXPECT_EQ(snapshot.devices[0].regions[kDram].peak.value, 50u);
    EXPECT_EQ(snapshot.devices[0].regions[kDram].peak.coverage, Coverage::exact);
    EXPECT_EQ(snapshot.devices[0].regions[kDram].at_peak.size(), 1u);
    EXPECT_EQ(snapshot.totals.peak_bytes.coverage, Coverage::exact);
    EXPECT_EQ(snapshot.totals.active_allocations, 1u);
}

TEST(Merge, AddsUpWhatIsLiveAndTakesTheHighestPeakForALowerBound) {
    const Snapshot snapshot = merge({process_on_chip(0, 10, 50), process_on_chip(0, 20, 40)});
    ASSERT_EQ(snapshot.devices.size(), 1u);
    const RegionUse& dram = snapshot.devices[0].regions[kDram];
    EXPECT_EQ(dram.live.value, 30u);
    EXPECT_EQ(dram.peak.value, 50u);
    EXPECT_EQ(dram.peak.coverage, Coverage::at_least);
    EXPECT_EQ(dram.capacity.value, 1000u);
    EXPECT_EQ(dram.at_peak.at(0).count, 50u);
    EXPECT_EQ(snapshot.kinds.at(0).allocations, 6u);
    EXPECT_EQ(snapshot.kinds.at(0).live_bytes, 30u);
    EXPECT_EQ(snapshot.totals.live_bytes, 30u);
    EXPECT_EQ(snapshot.totals.allocations, 6u);
    EXPECT_EQ(snapshot.totals.frees, 4u);
    EXPECT_EQ(snapshot.totals.reported_active_allocations, 4u);
    EXPECT_EQ(snapshot.totals.events.produced, 20u);
    EXPECT_EQ(snapshot.totals.events.lost, 4u);
}

TEST(Merge, NeverShowsAPeakBelowWhatIsLive) {
    const Snapshot snapshot = merge({process_on_chip(0, 40, 50), process_on_chip(0, 40, 50)});
    EXPECT_EQ(snapshot.devices[0].regions[kDram].peak.value, 80u);
    EXPECT_EQ(snapshot.devices[0].regions[kDram].peak.coverage, Coverage::at_least);
    EXPECT_EQ(snapshot.totals.peak_bytes.value, 80u);
}

TEST(Merge, IsExactWhenOnlyOneOfSeveralProcessesEverHeldAnything) {
    const ProcessView idle = process_on_chip(0, 0, 0);
    const Snapshot snapshot = merge({idle, process_on_chip(0, 10, 50), idle});
    EXPECT_EQ(snapshot.devices[0].regions[kDram].peak.coverage, Coverage::exact);
    EXPECT_EQ(snapshot.totals.peak_bytes.coverage, Coverage::exact);
}

TEST(Merge, TakesNoAllocationOfADeadProcessForActive) {
    ProcessView dead = process_on_chip(0, 0, 50);
    dead.state = ProcessState::killed;
    const Snapshot snapshot = merge({dead, process_on_chip(1, 10, 50)});
    EXPECT_EQ(snapshot.totals.active_allocations, 1u);
    ASSERT_EQ(snapshot.devices.size(), 2u);
    EXPECT_FALSE(snapshot.devices[0].open);
    EXPECT_TRUE(snapshot.devices[1].open);
}

TEST(Merge, KnowsNoCapacityThatNoProcessKnew) {
    ProcessView process = process_on_chip(0, 10, 50);
    process.devices[0].regions[kDram].capacity = {0, Coverage::unknown};
    EXPECT_EQ(merge({process}).devices[0].regions[kDram].capacity.coverage, Coverage::unknown);
    const Snapshot both = merge({process, process_on_chip(0, 10, 50)});
    EXPECT_EQ(both.devices[0].regions[kDram].capacity.value, 1000u);
}

}  // namespace
}  // namespace plimsoll::ledger
