#include "ledger/mark_clock.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

constexpr TextId kLoaded{1}, kStep{2}, kEpoch{3};

TEST(MarkClock, CountsTheMarkThatComesAgain) {
    MarkClock clock;
    EXPECT_EQ(clock.now(), 0u);
    for (int i = 0; i < 5; ++i) clock.mark(kStep);
    EXPECT_EQ(clock.now(), 5u);
    EXPECT_EQ(clock.leader(), kStep);
}

TEST(MarkClock, LeavesAMarkThatComesOnceBehind) {
    MarkClock clock;
    clock.mark(kLoaded);
    for (int i = 0; i < 5; ++i) clock.mark(kStep);
    EXPECT_EQ(clock.leader(), kStep);
    EXPECT_EQ(clock.now(), 5u);
}

TEST(MarkClock, IsNotLedAwayByOneThatComesLessOften) {
    MarkClock clock;
    for (int i = 0; i < 40; ++i) {
        clock.mark(kStep);
        if (i % 4 == 3) clock.mark(kEpoch);
    }
    EXPECT_EQ(clock.leader(), kStep);
    EXPECT_EQ(clock.now(), 40u);
}

TEST(MarkClock, FollowsTheProgramIntoAnotherLoop) {
    MarkClock clock;
    for (int i = 0; i < 3; ++i) clock.mark(kLoaded);
    for (int i = 0; i < 20; ++i) clock.mark(kStep);
    EXPECT_EQ(clock.leader(), kStep);
}

TEST(MarkClock, TakesAnyNumberOfNames) {
    MarkClock clock;
    for (std::uint32_t name = 1; name < 1000; ++name) clock.mark({name});
    EXPECT_EQ(clock.now(), 1u);
}

}  // namespace
}  // namespace plimsoll::ledger
