#include "ledger/holdings.hpp"

#include <gtest/gtest.h>

#include "ledger/process_ledger.hpp"
#include "ledger/simulated_process.hpp"

namespace plimsoll::ledger {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);
constexpr auto kL1 = static_cast<std::size_t>(Region::l1);

class HoldingsOfTwoChips : public testing::Test {
  protected:
    HoldingsOfTwoChips() {
        for (Device& device : process.tables.devices) {
            device.regions[kDram] = {2, 1000, 100};  // from 100 to 1100 in each of two banks
        }
    }

    void allocate(DeviceSetId set, std::uint64_t address, std::uint64_t bytes,
                  Kind kind = Kind::buffer) {
        Allocation made = allocation(kind, Region::dram, set, 2, bytes);
        made.address = address;
        made.bytes = 2 * bytes - 7;
        process.allocate(made);
    }
    std::vector<DeviceHoldings> all() {
        ledger.apply(process.tables, process.events);
        return ledger.holdings(process.tables, process.look());
    }

    SimulatedProcess process{2};
    ProcessLedger ledger;
    DeviceSetId first = process.add_set({0});
    DeviceSetId both = process.add_set({0, 1});
};

TEST_F(HoldingsOfTwoChips, AreByDeviceRegionAndKind) {
    allocate(both, 100, 300);
    allocate(first, 500, 10);
    allocate(first, 900, 20, Kind::trace);
    const std::vector<DeviceHoldings> holdings = all();
    ASSERT_EQ(holdings.size(), 2u);
    ASSERT_EQ(holdings[0].kinds.size(), 2u);
    EXPECT_EQ(holdings[0].kinds[0].kind, Kind::buffer);
    EXPECT_EQ(holdings[0].kinds[0].live, 2u);
    EXPECT_EQ(holdings[0].kinds[0].bytes, 620u);
    EXPECT_EQ(holdings[0].kinds[0].requested, 606u);
    EXPECT_EQ(holdings[0].kinds[1].kind, Kind::trace);
    EXPECT_EQ(holdings[0].kinds[1].bytes, 40u);
    ASSERT_EQ(holdings[1].kinds.size(), 1u);
    EXPECT_EQ(holdings[1].kinds[0].bytes, 600u);
}

TEST_F(HoldingsOfTwoChips, KnowTheLargestHoleOfABank) {
    allocate(both, 100, 300);
    allocate(first, 500, 10);
    EXPECT_EQ(all()[0].largest_free[kDram], 590u);  // above the last one
    EXPECT_EQ(all()[1].largest_free[kDram], 700u);
    allocate(first, 1000, 100);
    EXPECT_EQ(all()[0].largest_free[kDram], 490u);  // between two
}

TEST_F(HoldingsOfTwoChips, AreAllFreeWhenNothingIsAllocated) {
    EXPECT_EQ(all()[0].largest_free[kDram], 1000u);
    EXPECT_TRUE(all()[0].kinds.empty());
}

TEST_F(HoldingsOfTwoChips, SayNothingOfABankWhoseBeginIsNotKnown) {
    EXPECT_FALSE(all()[0].largest_free[kL1]);
    process.tables.devices[0].regions[kDram].base = 0;
    EXPECT_FALSE(all()[0].largest_free[kDram]);
}

TEST_F(HoldingsOfTwoChips, SayNothingOfABankThatAnAllocationIsOutsideOf) {
    allocate(first, 50, 10);
    EXPECT_FALSE(all()[0].largest_free[kDram]);
}

TEST_F(HoldingsOfTwoChips, LeaveCircularBuffersOutOfWhatTheAllocatorGave) {
    process.tables.devices[0].regions[kL1] = {64, 1000, 100};
    const CoreSetId cores = process.add_cores({{0, 0, 7, 7}});
    process.allocate(circular_buffer(first, cores, 64, 100, 200));
    EXPECT_EQ(all()[0].largest_free[kL1], 1000u);
    EXPECT_EQ(all()[0].kinds[0].bytes, 64u * 200);
}

TEST_F(HoldingsOfTwoChips, KnowTheCountersButNotTheRestWhenEventsWereLost) {
    allocate(first, 100, 300);
    allocate(first, 500, 10);
    process.events.erase(process.events.begin());
    const std::vector<DeviceHoldings> holdings = all();
    EXPECT_EQ(holdings[0].kinds[0].bytes, 620u);
    EXPECT_FALSE(holdings[0].kinds[0].requested);
    EXPECT_FALSE(holdings[0].largest_free[kDram]);
}

TEST_F(HoldingsOfTwoChips, LeaveClosedDevicesOut) {
    process.tables.devices[1].open = false;
    ASSERT_EQ(all().size(), 1u);
}

}  // namespace
}  // namespace plimsoll::ledger
