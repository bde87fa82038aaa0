#include "segment/slot.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace plimsoll::segment {
namespace {

// Every field follows from the number, so that a mixture of two records shows.
Record record_of(std::uint64_t number) {
    Record record{};
    record.address = number;
    record.bytes = number * 3;
    record.bytes_per_bank = number * 5;
    record.made_at_ns = number * 7;
    record.program = static_cast<std::uint32_t>(number);
    record.banks = static_cast<std::uint16_t>(number);
    return record;
}

bool whole(const SlotCopy& copy) {
    const Record& r = copy.record;
    return r.address == copy.id && r.bytes == copy.id * 3 && r.bytes_per_bank == copy.id * 5 &&
           r.made_at_ns == copy.id * 7 && r.program == static_cast<std::uint32_t>(copy.id) &&
           r.banks == static_cast<std::uint16_t>(copy.id);
}

TEST(Slot, ZeroedMemoryIsEmpty) {
    const Slot slot{};
    EXPECT_EQ(read(slot).state, SlotState::empty);
}

TEST(Slot, CommittedRecordIsReadWhole) {
    Slot slot{};
    commit(slot, 17, record_of(17));
    const SlotCopy copy = read(slot);
    EXPECT_EQ(copy.state, SlotState::whole);
    EXPECT_EQ(copy.id, 17u);
    EXPECT_TRUE(whole(copy));
}

TEST(Slot, WriterThatDiedInsideIsInFlight) {
    Slot slot{};
    store<std::uint64_t>(slot.state, 17 * 2 + 1);
    store<std::uint64_t>(slot.record[0], 17);
    const SlotCopy copy = read(slot);
    EXPECT_EQ(copy.state, SlotState::in_flight);
    EXPECT_EQ(copy.id, 17u);
}

TEST(Slot, IsWithdrawnExactlyOnce) {
    Slot slot{};
    commit(slot, 17, record_of(17));
    EXPECT_TRUE(withdraw(slot, 17));
    EXPECT_EQ(read(slot).state, SlotState::empty);
    EXPECT_FALSE(withdraw(slot, 17));
}

TEST(Slot, IdOfAnEarlierTenantWithdrawsNothing) {
    Slot slot{};
    commit(slot, 17, record_of(17));
    ASSERT_TRUE(withdraw(slot, 17));
    commit(slot, 18, record_of(18));
    EXPECT_FALSE(withdraw(slot, 17));
    EXPECT_EQ(read(slot).id, 18u);
}

TEST(Slot, FlagIsAddedToTheRecordAndToNothingElse) {
    Slot slot{};
    Record record = record_of(17);
    record.flags = kReported;
    record.owner = 2;
    commit(slot, 17, record);
    EXPECT_EQ(set_flag(slot.record, kSuspended), kReported);
    EXPECT_EQ(set_flag(slot.record, kSuspended), kReported | kSuspended);
    const SlotCopy copy = read(slot);
    EXPECT_EQ(copy.record.flags, kReported | kSuspended);
    EXPECT_EQ(copy.record.owner, 2);
    EXPECT_EQ(copy.record.region, 0);
    EXPECT_EQ(copy.record.reserved, 0u);
    EXPECT_TRUE(whole(copy));
}

TEST(Slot, ReaderNeverMixesTwoTenants) {
    constexpr std::uint64_t kTenants = 50'000;
    Slot slot{};
    std::atomic<bool> done = false;
    std::thread writer([&] {
        for (std::uint64_t id = 1; id <= kTenants; ++id) {
            commit(slot, id, record_of(id));
            if (id % 2 == 0) withdraw(slot, id);
        }
        done = true;
    });
    std::uint64_t mixed = 0;
    while (!done) {
        const SlotCopy copy = read(slot);
        if (copy.state == SlotState::whole && !whole(copy)) ++mixed;
    }
    writer.join();
    EXPECT_EQ(mixed, 0u);
}

TEST(Slot, OfRacingThreadsOneWithdraws) {
    constexpr int kRounds = 2'000;
    constexpr int kThreads = 4;
    Slot slot{};
    std::atomic<std::uint64_t> round = 0;
    std::atomic<int> winners = 0;
    std::atomic<int> finished = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            for (std::uint64_t id = 1; id <= kRounds; ++id) {
                while (round.load() < id) std::this_thread::yield();
                if (withdraw(slot, id)) ++winners;
                ++finished;
            }
        });
    }
    for (std::uint64_t id = 1; id <= kRounds; ++id) {
        commit(slot, id, record_of(id));
        round = id;
        while (finished.load() < static_cast<int>(id) * kThreads) std::this_thread::yield();
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(winners.load(), kRounds);
}

}  // namespace
}  // namespace plimsoll::segment
