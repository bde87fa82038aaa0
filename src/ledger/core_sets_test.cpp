#include "ledger/core_sets.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

std::size_t cores_of(CoreSets& sets, std::uint32_t id, const std::map<CoreSetId, CoreSet>& table) {
    std::size_t cores = 0;
    for (const std::uint32_t group : sets.of({id}, table)) {
        cores += sets.cores().groups()[group].members.size();
    }
    return cores;
}

TEST(CoreSets, SpellsOutEveryCoreOnceHoweverRangesOverlap) {
    CoreSets sets;
    EXPECT_EQ(cores_of(sets, 1, {{{1}, {{0, 0, 7, 7}, {4, 4, 8, 8}}}}), 64u + 9u);
}

TEST(CoreSets, KeepsCoresTogetherThatAreInTheSameSets) {
    CoreSets sets;
    const std::map<CoreSetId, CoreSet> table = {{{1}, {{0, 0, 1, 7}}}, {{2}, {{1, 0, 2, 7}}}};
    EXPECT_EQ(sets.of({1}, table).size(), 1u);
    EXPECT_EQ(sets.of({2}, table).size(), 2u);  // the second column is in both
    EXPECT_EQ(sets.of({1}, table).size(), 2u);
    EXPECT_EQ(cores_of(sets, 1, table), 16u);
    EXPECT_EQ(sets.cores().groups().size(), 3u);
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
    EXPECT_EQ(cores_of(sets, 1, {{{1}, {{0, 0, 65535, 65535}}}}), kMaxCoresPerSet);
    EXPECT_EQ(sets.left_out(), 65536u - kMaxCoresPerSet);
}

TEST(CoreSets, NumbersNoMoreCoresThanALedgerKeeps) {
    CoreSets sets;
    std::size_t total = 0;
    for (std::uint32_t i = 0; i < 8; ++i) {
        const auto y = static_cast<std::uint16_t>(4 * i);
        const auto last = static_cast<std::uint16_t>(y + 3);
        total += cores_of(sets, i + 1, {{{i + 1}, {{0, y, 255, last}}}});
    }
    EXPECT_EQ(total, kMaxDistinctCores);
    EXPECT_EQ(sets.left_out(), 8u * 1024u - kMaxDistinctCores);
}

TEST(CoreSets, HasNoCoresForSetsBeyondTheLimit) {
    CoreSets sets;
    for (std::uint32_t i = 1; i <= kMaxCoreSets; ++i) cores_of(sets, i, {{{i}, {{0, 0, 7, 7}}}});
    EXPECT_EQ(sets.left_out(), 0u);
    EXPECT_EQ(cores_of(sets, kMaxCoreSets + 1, {{{kMaxCoreSets + 1}, {{0, 0, 7, 7}}}}), 0u);
    EXPECT_EQ(sets.left_out(), 64u);
}

}  // namespace
}  // namespace plimsoll::ledger
