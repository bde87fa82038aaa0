#include "ledger/partition.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

TEST(Partition, KeepsDevicesOfOneMeshTogether) {
    Partition groups;
    EXPECT_EQ(groups.of(1, {0, 1, 2, 3}).size(), 1u);
    EXPECT_EQ(groups.groups()[0].members.size(), 4u);
    EXPECT_FALSE(groups.group_of(4));
}

TEST(Partition, SplitsAGroupOfWhichASetTakesAPart) {
    Partition groups;
    groups.of(1, {0, 1, 2, 3});
    const auto chip = groups.of(2, {2});
    ASSERT_EQ(chip.size(), 1u);
    EXPECT_EQ(chip[0], groups.group_of(2));
    EXPECT_NE(groups.group_of(2), groups.group_of(1));
    EXPECT_EQ(groups.groups()[chip[0]].split_from, groups.group_of(0));
    EXPECT_EQ(groups.of(1, {0, 1, 2, 3}).size(), 2u);
}

TEST(Partition, LetsASetReachIntoOldGroupsAndNewDevices) {
    Partition groups;
    groups.of(1, {0, 1});
    EXPECT_EQ(groups.of(2, {1, 2}).size(), 2u);
    EXPECT_EQ(groups.groups().size(), 3u);
}

TEST(Partition, CountsADeviceOnceHoweverOftenASetNamesIt) {
    Partition groups;
    groups.of(1, {5, 5, 5});
    EXPECT_EQ(groups.groups()[0].members.size(), 1u);
}

}  // namespace
}  // namespace plimsoll::ledger
