#include "ledger/core_sets.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

TEST(CoreSets, SpellsOutEveryCoreOnceHoweverRangesOverlap) {
    CoreSets sets;
    EXPECT_EQ(sets.of({1}, {{{1}, {{0, 0, 7, 7}, {4, 4, 8, 8}}}}).size(), 64u + 9u);
}

TEST(CoreSets, GivesTheSameCoreTheSameNumberInEverySet) {
    CoreSets sets;
    const std::map<CoreSetId, CoreSet> table = {{{1}, {{0, 0, 1, 0}}}, {{2}, {{1, 0, 2, 0}}}};
    const std::vector<std::uint16_t> first(sets.of({1}, table).begin(), sets.of({1}, table).end());
    const auto second = sets.of({2}, table);
    ASSERT_EQ(first.size(), 2u);
    ASSERT_EQ(second.size(), 2u);
    EXPECT_EQ(first[1], second[0]);
    EXPECT_NE(first[0], second[1]);
}

TEST(CoreSets, KnowsNoCoresOfASetThatIsNotYetInTheTable) {
    CoreSets sets;
    EXPECT_TRUE(sets.of({1}, {}).empty());
    EXPECT_EQ(sets.of({1}, {{{1}, {{0, 0, 0, 0}}}}).size(), 1u);
}

TEST(CoreSets, HasNoCoresForRangesThatEndBeforeTheyBegin) {
    CoreSets sets;
    EXPECT_TRUE(sets.of({1}, {{{1}, {{5, 5, 4, 5}}}}).empty());
}

TEST(CoreSets, LeavesOutAndCountsWhatNoGridHas) {
    CoreSets sets;
    EXPECT_EQ(sets.of({1}, {{{1}, {{0, 0, 65535, 65535}}}}).size(), kMaxCoresPerSet);
    EXPECT_EQ(sets.left_out(), 65536u - kMaxCoresPerSet);
}

TEST(CoreSets, NumbersNoMoreCoresThanALedgerKeeps) {
    CoreSets sets;
    std::size_t total = 0;
    for (std::uint32_t i = 0; i < 8; ++i) {
        const auto y = static_cast<std::uint16_t>(4 * i);
        const auto last = static_cast<std::uint16_t>(y + 3);
        total += sets.of({i + 1}, {{{i + 1}, {{0, y, 255, last}}}}).size();
    }
    EXPECT_EQ(total, kMaxDistinctCores);
    EXPECT_EQ(sets.left_out(), 8u * 1024u - kMaxDistinctCores);
}

}  // namespace
}  // namespace plimsoll::ledger
