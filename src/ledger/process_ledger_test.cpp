#include "ledger/process_ledger.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/simulated_process.hpp"

namespace plimsoll::ledger {
namespace {

constexpr auto kL1 = static_cast<std::size_t>(Region::l1);
constexpr auto kDram = static_cast<std::size_t>(Region::dram);

ProcessView view_of(const SimulatedProcess& process) {
    ProcessLedger ledger;
    ledger.apply(process.tables, process.events);
    return ledger.view(process.tables, process.look(), ProcessState::running);
}

TEST(ProcessLedger, CountsAMeshAllocationOnEveryChipOfTheMesh) {
    SimulatedProcess process(8);
    const auto mesh = process.add_set({0, 1, 2, 3, 4, 5, 6, 7}, 1);
    process.allocate(allocation(Kind::buffer, Region::dram, mesh, 12, 176128));
    const ProcessView view = view_of(process);
    ASSERT_EQ(view.devices.size(), 8u);
    for (const DeviceUse& device : view.devices) {
        EXPECT_EQ(device.regions[kDram].live.value, 12u * 176128u);
        EXPECT_EQ(device.mesh, 1);
    }
    EXPECT_EQ(view.live_bytes.value, 8u * 12u * 176128u);
}

TEST(ProcessLedger, CountsChipsThatJoinedLaterFromTheirOwnBeginning) {
    SimulatedProcess process(3);
    const auto mesh = process.add_set({0, 1}, 1);
    const auto other = process.add_set({1, 2}, 2);
    process.free(process.allocate(allocation(Kind::buffer, Region::dram, mesh, 1, 100)));
    process.allocate(allocation(Kind::buffer, Region::dram, other, 1, 30));
    const ProcessView view = view_of(process);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 100u);
    EXPECT_EQ(view.devices[1].regions[kDram].peak.value, 100u);
    EXPECT_EQ(view.devices[2].regions[kDram].peak.value, 30u);
    EXPECT_EQ(view.peak_bytes.value, 200u);
    EXPECT_EQ(view.devices[0].mesh, 1);
    EXPECT_EQ(view.devices[1].mesh, 2);
}

TEST(ProcessLedger, SharesL1AmongCircularBuffersAndKeepsWhatWasRegistered) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto cores = process.add_cores({{0, 0, 7, 7}});
    std::uint64_t address = 105536;
    for (const std::uint64_t bytes : {4096u, 4096u, 4096u}) {
        process.allocate(circular_buffer(chip, cores, 64, address, bytes));
        address += bytes;
    }
    address = 105536;
    for (const std::uint64_t bytes : {65536u, 32768u, 2048u, 2048u, 2048u, 65536u, 2048u, 2048u}) {
        process.allocate(circular_buffer(chip, cores, 64, address, bytes));
        address += bytes;
    }
    const ProcessView view = view_of(process);
    EXPECT_EQ(view.devices[0].regions[kL1].live.value, 11141120u);
    EXPECT_EQ(view.devices[0].l1_per_core.live.value, 174080u);
    ASSERT_EQ(view.kinds.size(), 1u);
    EXPECT_EQ(view.kinds[0].live_bytes, 11141120u + 64u * 12288u);
    EXPECT_EQ(view.kinds[0].peak_bytes.value, 11141120u + 64u * 12288u);
}

TEST(ProcessLedger, StacksL1BuffersOnTheFullestCore) {
    SimulatedProcess process(1);
    process.tables.devices[0].regions[kL1] = {64, 1395424};
    const auto chip = process.add_set({0});
    Allocation buffer = allocation(Kind::buffer, Region::l1, chip, 64, 2048);
    buffer.address = 4096;
    process.allocate(buffer);
    process.allocate(circular_buffer(chip, process.add_cores({{0, 0, 0, 0}}), 1, 1000, 500));
    process.allocate(circular_buffer(chip, process.add_cores({{1, 0, 1, 0}}), 1, 1000, 700));
    const DeviceUse device = view_of(process).devices[0];
    EXPECT_EQ(device.l1_per_core.live.value, 2748u);
    EXPECT_EQ(device.l1_per_core.capacity.value, 1395424u);
    EXPECT_EQ(device.regions[kL1].live.value, 64u * 2048u + 1200u);
    EXPECT_EQ(device.regions[kL1].capacity.value, 64u * 1395424u);
}

// A program that met the buffers and was refused, or one from the cache that does not run now.
TEST(ProcessLedger, CountsACircularBufferOverABufferOnce) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto cores = process.add_cores({{0, 0, 7, 7}});
    Allocation buffer = allocation(Kind::buffer, Region::l1, chip, 64, 65536);
    buffer.address = 122880;
    const AllocationId below = process.allocate(circular_buffer(chip, cores, 64, 103552, 538624));
    const AllocationId id = process.allocate(buffer);
    EXPECT_EQ(view_of(process).devices[0].l1_per_core.peak.value, 538624u);
    EXPECT_EQ(view_of(process).devices[0].regions[kL1].peak.value, 64u * 538624u);
    process.free(below);
    EXPECT_EQ(view_of(process).devices[0].l1_per_core.live.value, 65536u);
    EXPECT_EQ(view_of(process).live_bytes.value, 64u * 65536u);
    process.free(id);
    EXPECT_EQ(view_of(process).live_bytes.value, 0u);
    EXPECT_EQ(view_of(process).peak_bytes.value, 64u * 538624u);
}

TEST(ProcessLedger, DoesNotKnowTheCapacityOfARegionWithoutBanks) {
    SimulatedProcess process(1);
    const DeviceUse device = view_of(process).devices[0];
    EXPECT_EQ(device.regions[kDram].capacity.coverage, Coverage::unknown);
    EXPECT_EQ(device.l1_per_core.capacity.coverage, Coverage::unknown);
}

TEST(ProcessLedger, TakesAGlobalCircularBufferForTheAliasItIs) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.allocate(allocation(Kind::global_circular_buffer, Region::l1, chip, 8, 4096));
    const ProcessView view = view_of(process);
    EXPECT_EQ(view.devices[0].regions[kL1].live.value, 0u);
    EXPECT_EQ(view.kinds.at(0).live_bytes, 0u);
    EXPECT_EQ(view.kinds.at(0).live, 1u);
}

TEST(ProcessLedger, SaysWhatThePeakWasMadeOf) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 10));
    const auto trace = process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 10));
    process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 10));
    process.free(trace);
    process.allocate(allocation(Kind::semaphore, Region::dram, chip, 1, 10));  // as high again
    const RegionUse dram = view_of(process).devices[0].regions[kDram];
    EXPECT_EQ(dram.peak.value, 30u);
    ASSERT_EQ(dram.at_peak.size(), 2u);
    EXPECT_EQ(dram.at_peak[0].kind, Kind::buffer);
    EXPECT_EQ(dram.at_peak[0].count, 2u);
    EXPECT_EQ(dram.at_peak[1].kind, Kind::trace);
    EXPECT_EQ(dram.at_peak[1].count, 1u);
}

TEST(ProcessLedger, HoldsNothingForWhatIsSuspended) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto cores = process.add_cores({{0, 0, 1, 0}});
    const auto buffer = process.allocate(circular_buffer(chip, cores, 2, 0, 4096));
    process.suspend(buffer);
    const ProcessView view = view_of(process);
    EXPECT_EQ(view.devices[0].regions[kL1].live.value, 0u);
    EXPECT_EQ(view.devices[0].regions[kL1].peak.value, 8192u);
    EXPECT_TRUE(view.held.empty());
    EXPECT_EQ(view.held_count, 0u);
}

TEST(ProcessLedger, DoesNotBringToLifeWhatWasFreedBeforeItsAllocationWasSeen) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.free(process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100)));
    process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 10));
    ProcessLedger ledger;
    for (const std::size_t i : {1u, 0u, 2u}) {
        ledger.apply(process.tables, {&process.events[i], 1});
    }
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 10u);
    EXPECT_EQ(view.events.lost, 0u);
}

TEST(ProcessLedger, PutsTheRingsOfSeveralThreadsInOrder) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.free(process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100)));
    process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 10));
    std::reverse(process.events.begin(), process.events.end());
    EXPECT_EQ(view_of(process).devices[0].regions[kDram].peak.value, 100u);
}

TEST(ProcessLedger, IgnoresAndCountsEventsThatCannotBe) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto id = process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100));
    process.events.push_back(process.events.back());  // the same allocation again
    process.free({77});
    process.free(id);
    process.events.push_back(process.events.back());
    ProcessLedger ledger;
    ledger.apply(process.tables, process.events);
    EXPECT_EQ(ledger.implausible(), 2u);
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 0u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 100u);
}

TEST(ProcessLedger, StartsAnewFromALookWhenEventsStayLost) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto lost = process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100));
    process.free(lost);
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 7));
    ProcessLedger ledger;
    ledger.apply(process.tables, {&process.events[2], 1});
    ledger.catch_up(process.tables, process.look());  // may still be on their way
    ledger.catch_up(process.tables, process.look());
    const auto late = process.allocate(allocation(Kind::semaphore, Region::dram, chip, 1, 200));
    ledger.apply(process.tables, {&process.events[3], 1});
    process.free(late);
    ledger.apply(process.tables, {&process.events[4], 1});
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.events.lost, 2u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 7u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 207u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.coverage, Coverage::at_least);
}

TEST(ProcessLedger, DoesNotReviveWhatComesFromBeforeItStartedAnew) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.free(process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100)));
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 7));
    ProcessLedger ledger;
    ledger.apply(process.tables, {&process.events[2], 1});
    ledger.catch_up(process.tables, process.look());
    ledger.catch_up(process.tables, process.look());
    ledger.apply(process.tables, {process.events.data(), 1});
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 200));
    ledger.apply(process.tables, {&process.events[3], 1});
    ledger.apply(process.tables, {&process.events[1], 1});
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.events.lost, 0u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 207u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.coverage, Coverage::at_least);
}

TEST(ProcessLedger, KeepsThePeakOfSharedSpaceThatCameBeforeAGap) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    const auto cores = process.add_cores({{0, 0, 1, 0}});
    process.free(process.allocate(circular_buffer(chip, cores, 2, 0, 4096)));
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 7));  // lost
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 7));
    ProcessLedger ledger;
    ledger.apply(process.tables, {process.events.data(), 2});
    ledger.apply(process.tables, {&process.events[3], 1});
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.devices[0].regions[kL1].peak.value, 8192u);
    EXPECT_EQ(view.devices[0].l1_per_core.peak.value, 4096u);
    EXPECT_EQ(view.devices[0].regions[kL1].peak.coverage, Coverage::at_least);
}

TEST(ProcessLedger, KeepsItsStoryWhenLateEventsArriveAfterAll) {
    SimulatedProcess process(1);
    const auto chip = process.add_set({0});
    process.allocate(allocation(Kind::buffer, Region::dram, chip, 1, 100));
    process.allocate(allocation(Kind::trace, Region::dram, chip, 1, 7));
    ProcessLedger ledger;
    ledger.apply(process.tables, {&process.events[1], 1});
    ledger.catch_up(process.tables, process.look());
    ledger.apply(process.tables, {&process.events[0], 1});
    ledger.catch_up(process.tables, process.look());
    const ProcessView view = ledger.view(process.tables, process.look(), ProcessState::running);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 107u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.coverage, Coverage::exact);
}

}  // namespace
}  // namespace plimsoll::ledger
