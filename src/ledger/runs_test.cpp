#include <gtest/gtest.h>

#include "ledger/process_ledger.hpp"
#include "ledger/simulated_process.hpp"

namespace plimsoll::ledger {
namespace {

constexpr ProgramId kAdd{1};
constexpr ProgramId kSoftmax{2};

// One chip, on which two programs have buffers: of 100 bytes on ten cores, and of 300 bytes on the
// first five of them.
class Runs : public testing::Test {
  protected:
    Runs() {
        process.tables.devices[0].regions[static_cast<std::size_t>(Region::l1)] = {10, 10000};
        process.tables.labels = {{{1}, "add"}, {{2}, "softmax"}};
        chip_ = process.add_set({0});
        ten_ = process.add_cores({{0, 0, 9, 0}});
        five_ = process.add_cores({{0, 0, 4, 0}});
        add = allocate(kAdd, ten_, 10, 1000, 100);
        softmax = allocate(kSoftmax, five_, 5, 1000, 300);
    }

    AllocationId allocate(ProgramId program, CoreSetId cores, std::uint32_t count,
                          std::uint64_t address, std::uint64_t bytes) {
        Allocation made = circular_buffer(chip_, cores, count, address, bytes);
        made.program = program;
        return process.allocate(made);
    }

    AllocationId allocate_buffer(std::uint64_t address, std::uint64_t bytes_per_bank) {
        Allocation made = allocation(Kind::buffer, Region::l1, chip_, 10, bytes_per_bank);
        made.address = address;
        return process.allocate(made);
    }

    // The same from the story as from one look.
    DeviceUse device() {
        ProcessLedger ledger;
        ledger.apply(process.tables, process.events);
        const DeviceUse use = of(ledger);
        EXPECT_EQ(use.resident.live.value, of(ProcessLedger{}).resident.live.value);
        return use;
    }

    SimulatedProcess process{1};
    AllocationId add, softmax;

  private:
    DeviceUse of(const ProcessLedger& ledger) {
        return ledger.view(process.tables, process.look(), ProcessState::running).devices[0];
    }

    DeviceSetId chip_;
    CoreSetId ten_, five_;
};

TEST_F(Runs, WhatNeverRanIsRegisteredAndNotResident) {
    EXPECT_EQ(device().registered.live.value, 10u * 100u + 5u * 300u);
    EXPECT_EQ(device().resident.live.value, 0u);
    EXPECT_EQ(device().l1_per_core.peak.value, 0u);
    EXPECT_TRUE(device().l1_per_core.at_peak.empty());
}

TEST_F(Runs, OnEachCoreTheProgramThatRanThereLastIsResident) {
    process.run(kAdd);
    EXPECT_EQ(device().resident.live.value, 1000u);
    process.run(kSoftmax);
    EXPECT_EQ(device().resident.live.value, 5u * 300u + 5u * 100u);
    EXPECT_EQ(device().l1_per_core.live.value, 300u);
    process.run(kAdd);
    EXPECT_EQ(device().resident.live.value, 1000u);
    EXPECT_EQ(device().l1_per_core.live.value, 100u);
    EXPECT_EQ(device().l1_per_core.peak.value, 300u);
}

TEST_F(Runs, PeakOfTheFullestCoreIsMadeOfWhatIsOnThatCore) {
    allocate_buffer(5000, 50);
    process.run(kAdd);
    process.run(kSoftmax);
    const std::vector<PeakShare> parts = device().l1_per_core.at_peak;
    ASSERT_EQ(parts.size(), 2u);
    EXPECT_EQ(parts[0].program, "softmax");
    EXPECT_EQ(parts[1].program, "");
    EXPECT_EQ(parts[0].kind, Kind::circular_buffer);
    EXPECT_EQ(parts[1].kind, Kind::buffer);
    EXPECT_EQ(parts[0].count, 1u);
    EXPECT_EQ(parts[0].bytes, 300u);
    EXPECT_EQ(parts[1].bytes, 50u);
    EXPECT_EQ(device().regions[static_cast<std::size_t>(Region::l1)].at_peak.size(), 3u);
}

TEST_F(Runs, AProgramThatIsRefusedHasNoEffectOnThePeak) {
    process.run(kAdd);
    allocate_buffer(1200, 8000);
    EXPECT_EQ(device().l1_per_core.peak.value, 8100u);  // softmax would reach to 1300
    process.free(softmax);
    EXPECT_EQ(device().l1_per_core.peak.value, 8100u);
}

TEST_F(Runs, WhatIsMadeAfterTheRunWaitsForTheNextOne) {
    process.run(kAdd);
    allocate(kAdd, CoreSetId{1}, 10, 3000, 11);
    EXPECT_EQ(device().resident.live.value, 1000u);
    process.run(kAdd);
    EXPECT_EQ(device().resident.live.value, 1110u);
}

TEST_F(Runs, WhatRanBeforeAProgramThatIsOverIsNotResidentAgain) {
    process.run(kAdd);
    process.run(kSoftmax);
    process.free(softmax);
    EXPECT_EQ(device().resident.live.value, 0u);
    process.run(kAdd);
    EXPECT_EQ(device().resident.live.value, 1000u);
    process.free(add);
    EXPECT_EQ(device().resident.live.value, 0u);
}

TEST_F(Runs, CountForNothingWhereTheProcessDoesNotTellThem) {
    process.tables.runs_are_told = false;
    EXPECT_EQ(device().resident.live.value, 5u * 300u + 5u * 100u);
    process.run(kAdd);
    EXPECT_EQ(device().resident.live.value, 5u * 300u + 5u * 100u);
}

TEST_F(Runs, AreKnownFromALookWhenTheStoryBeginsAnew) {
    ProcessLedger ledger;
    process.run(kAdd);
    process.run(kSoftmax);
    // All before this was lost.
    allocate_buffer(9000, 10);
    ledger.apply(process.tables, {&process.events.back(), 1});
    ledger.catch_up(process.tables, process.look());
    ledger.catch_up(process.tables, process.look());
    process.run(kAdd);
    ledger.apply(process.tables, {&process.events.back(), 1});
    const DeviceUse use =
        ledger.view(process.tables, process.look(), ProcessState::running).devices[0];
    EXPECT_EQ(use.l1_per_core.live.value, 110u);
    EXPECT_EQ(use.l1_per_core.peak.value, 310u);
    EXPECT_EQ(use.l1_per_core.peak.coverage, Coverage::at_least);
}

TEST_F(Runs, ThatArriveBeforeWhatTheyRanWithCountAllTheSame) {
    process.run(kAdd);
    ProcessLedger ledger;
    for (auto event = process.events.rbegin(); event != process.events.rend(); ++event) {
        ledger.apply(process.tables, {&*event, 1});
    }
    EXPECT_EQ(ledger.view(process.tables, process.look(), ProcessState::running)
                  .devices[0]
                  .resident.peak.value,
              1000u);
}

}  // namespace
}  // namespace plimsoll::ledger
