#include <gtest/gtest.h>

#include "ledger/process_ledger.hpp"
#include "ledger/simulated_process.hpp"

namespace plimsoll::ledger {
namespace {

constexpr auto kL1 = static_cast<std::size_t>(Region::l1);
constexpr auto kDram = static_cast<std::size_t>(Region::dram);

class ProcessViewOfOneChip : public testing::Test {
  protected:
    SimulatedProcess process{1};
    DeviceSetId chip = process.add_set({0});

    void allocate(Kind kind, std::uint64_t bytes) {
        process.allocate(allocation(kind, Region::dram, chip, 1, bytes));
    }
    ProcessView blind_view(const Look& look, ProcessState state = ProcessState::running) {
        return ProcessLedger().view(process.tables, look, state);
    }
    ProcessView view(const Look& look) {
        ProcessLedger ledger;
        ledger.apply(process.tables, process.events);
        return ledger.view(process.tables, look, ProcessState::running);
    }
};

TEST_F(ProcessViewOfOneChip, IsExactAboutWhatIsLiveWhenEveryEventWasLost) {
    allocate(Kind::buffer, 100);
    allocate(Kind::trace, 30);
    const ProcessView view = blind_view(process.look());
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 130u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.coverage, Coverage::exact);
    EXPECT_EQ(view.events.produced, 2u);
    EXPECT_EQ(view.events.received, 0u);
    EXPECT_EQ(view.events.lost, 2u);
}

TEST_F(ProcessViewOfOneChip, KnowsThePeakOfItsOnlyCellWithoutAnyEvent) {
    allocate(Kind::buffer, 100);
    process.free({1});
    const ProcessView view = blind_view(process.look());
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 100u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.coverage, Coverage::exact);
    EXPECT_EQ(view.kinds[0].peak_bytes.coverage, Coverage::exact);
    EXPECT_EQ(view.peak_bytes.value, 100u);
}

TEST_F(ProcessViewOfOneChip, SaysAtLeastWhenSeveralCellsHeldSomethingAndEventsWereLost) {
    allocate(Kind::buffer, 100);
    process.free({1});
    allocate(Kind::trace, 30);
    const RegionUse dram = blind_view(process.look()).devices[0].regions[kDram];
    EXPECT_EQ(dram.peak.value, 100u);
    EXPECT_EQ(dram.peak.coverage, Coverage::at_least);
}

TEST_F(ProcessViewOfOneChip, TakesNoRegisteredSumForAPeakOfSharedSpace) {
    const auto cores = process.add_cores({{0, 0, 0, 0}});
    for (int i = 0; i < 3; ++i) process.allocate(circular_buffer(chip, cores, 1, 0, 4096));
    const ProcessView view = blind_view(process.look());
    EXPECT_EQ(view.devices[0].regions[kL1].peak.value, 4096u);
    EXPECT_EQ(view.devices[0].regions[kL1].peak.coverage, Coverage::at_least);
    EXPECT_EQ(view.kinds[0].peak_bytes.value, 3u * 4096u);
    EXPECT_EQ(view.kinds[0].peak_bytes.coverage, Coverage::exact);
}

TEST_F(ProcessViewOfOneChip, DoesNotCountOnWhatCameAfterAGap) {
    allocate(Kind::buffer, 100);
    process.free({1});  // lost
    allocate(Kind::trace, 30);
    process.events.erase(process.events.begin() + 1);
    Look look = process.look();
    look.health.events_produced = 3;
    const RegionUse dram = view(look).devices[0].regions[kDram];
    EXPECT_EQ(dram.peak.value, 100u);  // and never 130
    EXPECT_EQ(dram.peak.coverage, Coverage::at_least);
}

TEST_F(ProcessViewOfOneChip, HasNoLiveMemoryOfADeadProcessButKeepsWhatItHeld) {
    allocate(Kind::buffer, 100);
    const ProcessView view = blind_view(process.look(), ProcessState::killed);
    EXPECT_EQ(view.devices[0].allocations, 0u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 0u);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 100u);
    EXPECT_EQ(view.live_bytes.value, 0u);
    EXPECT_EQ(view.kinds[0].live, 0u);
    EXPECT_EQ(view.kinds[0].live_bytes, 0u);
    ASSERT_EQ(view.held.size(), 1u);
    EXPECT_EQ(view.held_count, 1u);
    EXPECT_EQ(view.held[0].occupied_bytes, 100u);
}

TEST_F(ProcessViewOfOneChip, CountsWhatFoundNoPlaceInTheLiveTable) {
    allocate(Kind::buffer, 100);
    allocate(Kind::buffer, 20);
    Look look = process.look();
    look.live.pop_back();
    look.health.unlisted_live = 1;
    look.cells[0].unlisted_live = 1;
    look.cells[0].unlisted_bytes = 20;
    const ProcessView view = this->view(look);
    EXPECT_EQ(view.devices[0].allocations, 2u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 120u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.coverage, Coverage::exact);
    EXPECT_EQ(view.live_bytes.value, 120u);
    EXPECT_EQ(view.held.size(), 1u);
    EXPECT_EQ(view.held_count, 2u);
}

TEST_F(ProcessViewOfOneChip, HasItsFiguresFromTheCellsWhenRowsWereSkipped) {
    allocate(Kind::buffer, 100);
    allocate(Kind::buffer, 20);
    Look look = process.look();
    look.live.clear();
    look.rows_skipped = true;
    const ProcessView view = blind_view(look, ProcessState::running);
    EXPECT_EQ(view.devices[0].allocations, 2u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.value, 120u);
    EXPECT_EQ(view.devices[0].regions[kDram].live.coverage, Coverage::exact);
    EXPECT_EQ(view.devices[0].regions[kDram].peak.value, 120u);
    EXPECT_EQ(view.devices[0].l1_per_core.peak.coverage, Coverage::exact);
    EXPECT_EQ(view.live_bytes.value, 120u);
    EXPECT_TRUE(view.held.empty());
    EXPECT_EQ(view.held_count, 2u);
}

TEST_F(ProcessViewOfOneChip, SaysAtLeastWhenRowsCouldNotBeRead) {
    allocate(Kind::buffer, 100);
    Look look = process.look();
    look.health.rows_rejected = 1;
    EXPECT_EQ(view(look).devices[0].regions[kDram].live.coverage, Coverage::at_least);
    EXPECT_EQ(view(look).live_bytes.coverage, Coverage::at_least);
}

TEST_F(ProcessViewOfOneChip, ShowsWhatATrackerWouldThatBelievesTheRuntime) {
    Allocation made = allocation(Kind::circular_buffer, Region::l1, chip, 1, 64);
    made.reported = true;
    for (int i = 0; i < 3; ++i) process.free(process.allocate(made));
    Look look = process.look();
    look.cells[0].reported_frees = 1;
    EXPECT_EQ(view(look).reported_active, 2u);
    look.cells[0].reported_frees = 9;
    EXPECT_EQ(view(look).reported_active, 0u);
}

TEST_F(ProcessViewOfOneChip, GivesARowAllThatItRefersTo) {
    const auto mesh = process.add_set({0}, 7);
    const auto cores = process.add_cores({{1, 2, 3, 4}});
    process.allocate(circular_buffer(mesh, cores, 9, 4096, 64));
    const Look look = process.look();
    const ProcessView view = this->view(look);
    const AllocationView& row = view.held.at(0);
    EXPECT_EQ(row.pid, 42);
    EXPECT_EQ(row.mesh, 7);
    EXPECT_EQ(row.devices, std::vector<std::int32_t>{0});
    EXPECT_EQ(row.cores, (CoreSet{{1, 2, 3, 4}}));
    EXPECT_EQ(row.occupied_bytes, 9u * 64u);
    EXPECT_EQ(row.age_ns, look.now_ns - row.made_at_ns);
}

TEST_F(ProcessViewOfOneChip, ReceivesNeverMoreThanWasProduced) {
    allocate(Kind::buffer, 100);
    Look look = process.look();
    look.health.events_produced = 0;
    const Events events = view(look).events;
    EXPECT_EQ(events.produced, 1u);
    EXPECT_EQ(events.lost, 0u);
}

}  // namespace
}  // namespace plimsoll::ledger
