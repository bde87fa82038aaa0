#include "ledger/core_residency.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace plimsoll::ledger {
namespace {

using Cores = std::vector<std::uint32_t>;

Cores sixty_four_cores() {
    Cores cores(64);
    std::iota(cores.begin(), cores.end(), 0u);
    return cores;
}

// Each core is a group by itself.
const Partition& each() {
    static const Partition partition = [] {
        Partition made;
        for (const std::uint32_t core : sixty_four_cores()) made.of(core, {core});
        return made;
    }();
    return partition;
}

TEST(CoreResidency, CountsWhatOverlapsOnACoreOnce) {
    CoreResidency residency;
    EXPECT_EQ(residency.add(each(), Cores{0, 1}, {1000, 1000 + 4096}), 8192u);
    EXPECT_EQ(residency.add(each(), Cores{0, 1}, {1000, 1000 + 4096}), 0u);  // an identical program
    EXPECT_EQ(residency.add(each(), Cores{1, 2}, {1000, 1000 + 6144}), 2048u + 6144u);
    EXPECT_EQ(residency.total_bytes(), 16384u);
    EXPECT_EQ(residency.fullest_core_bytes(), 6144u);
}

TEST(CoreResidency, GivesBackOnlyWhatNothingElseCovers) {
    CoreResidency residency;
    residency.add(each(), Cores{0, 1}, {1000, 5096});
    residency.add(each(), Cores{0, 1}, {1000, 5096});
    residency.add(each(), Cores{1, 2}, {1000, 7144});
    residency.remove(each(), Cores{0, 1}, {1000, 5096});
    EXPECT_EQ(residency.total_bytes(), 16384u);
    residency.remove(each(), Cores{0, 1}, {1000, 5096});
    EXPECT_EQ(residency.total_bytes(), 12288u);
    residency.remove(each(), Cores{1, 2}, {1000, 7144});
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.fullest_core_bytes(), 0u);
}

TEST(CoreResidency, CountsTouchingIntervalsSideBySide) {
    CoreResidency residency;
    const Cores cores = sixty_four_cores();
    for (const std::uint64_t address : {103552u, 107648u, 111744u}) {
        residency.add(each(), cores, {address, address + 4096});
    }
    EXPECT_EQ(residency.total_bytes(), 64u * 12288u);
    residency.remove(each(), cores, {107648, 107648 + 4096});  // the one in the middle
    EXPECT_EQ(residency.total_bytes(), 64u * 8192u);
    EXPECT_EQ(residency.fullest_core_bytes(), 8192u);
}

TEST(CoreResidency, HoldsSoftmaxOverAddInSoftmaxsOwnSpace) {
    CoreResidency residency;
    const Cores cores = sixty_four_cores();
    for (const std::uint64_t address : {103552u, 107648u, 111744u}) {
        residency.add(each(), cores, {address, address + 4096});
    }
    std::uint64_t address = 103552;
    for (const std::uint64_t bytes : {65536u, 32768u, 2048u, 2048u, 65536u, 2048u, 2048u, 65536u}) {
        residency.add(each(), cores, {address, address + bytes});
        address += bytes;
    }
    EXPECT_EQ(address, 341120u);
    EXPECT_EQ(residency.fullest_core_bytes(), 237568u);
    EXPECT_EQ(residency.total_bytes(), 64u * 237568u);
}

TEST(CoreResidency, CountsWhatLiesOverALockstepIntervalOnce) {
    CoreResidency residency;
    residency.add(each(), Cores{0}, {100, 200});
    residency.add(each(), Cores{0, 1}, {150, 300});
    EXPECT_EQ(residency.total_bytes(), 200u + 150u);
    EXPECT_EQ(residency.add_in_lockstep(each(), {180, 260}), 80u + 80u);
    EXPECT_EQ(residency.total_bytes(), 120u + 70u);
    EXPECT_EQ(residency.fullest_core_bytes(), 200u);
    EXPECT_EQ(residency.add(each(), Cores{1, 2}, {250, 310}), 10u + 50u);
    EXPECT_EQ(residency.remove(each(), Cores{0, 1}, {150, 300}), 40u + 30u);  // [100, 200) stays
    EXPECT_EQ(residency.remove_in_lockstep(each(), {180, 260}), 20u + 10u + 10u);
    EXPECT_EQ(residency.total_bytes(), 100u + 60u + 60u);
    EXPECT_EQ(residency.fullest_core_bytes(), 100u);
}

TEST(CoreResidency, HasLockstepIntervalsOnCoresWithoutOthers) {
    CoreResidency residency;
    EXPECT_EQ(residency.add_in_lockstep(each(), {100, 200}), 0u);
    EXPECT_EQ(residency.add_in_lockstep(each(), {150, 220}), 0u);
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.fullest_core_bytes(), 120u);
    residency.remove_in_lockstep(each(), {100, 200});
    EXPECT_EQ(residency.fullest_core_bytes(), 70u);
    residency.remove_in_lockstep(each(), {0, 1000});  // never added
    EXPECT_EQ(residency.fullest_core_bytes(), 0u);
}

TEST(CoreResidency, GoesOnWithBothPartsOfAGroupThatIsSplit) {
    CoreResidency residency;
    Partition cores;
    const auto add = [&](std::uint32_t set, const Cores& members, Interval interval) {
        return residency.add(cores, cores.of(set, members), interval);
    };
    EXPECT_EQ(add(1, {0, 1, 2, 3}, {100, 200}), 400u);
    EXPECT_EQ(add(2, {2, 3}, {150, 250}), 100u);
    EXPECT_EQ(residency.add_in_lockstep(cores, {190, 210}), 4u * 10u + 2u * 10u);
    EXPECT_EQ(residency.remove(cores, cores.of(1, {}), {100, 200}), 2u * 90u + 2u * 50u);
    EXPECT_EQ(residency.total_bytes(), 2u * 80u);
    EXPECT_EQ(residency.fullest_core_bytes(), 20u + 80u);
}

TEST(CoreResidency, NeverGoesBelowZeroForWhatWasNeverAdded) {
    CoreResidency residency;
    EXPECT_EQ(residency.remove(each(), Cores{3}, {0, 100}), 0u);
    residency.add(each(), Cores{3}, {50, 60});
    EXPECT_EQ(residency.remove(each(), Cores{3}, {0, 100}), 10u);
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.add(each(), Cores{3}, {0, 100}), 100u);
}

TEST(CoreResidency, TakesNothingForAnEmptyInterval) {
    CoreResidency residency;
    EXPECT_EQ(residency.add(each(), Cores{0}, {100, 100}), 0u);
    EXPECT_EQ(residency.add(each(), Cores{0}, {100, 50}), 0u);
}

TEST(CoreResidency, SaysWhenOneCoreHasTooManyBoundaries) {
    CoreResidency residency;
    const Cores core{0};
    std::uint64_t address = 0;
    while (residency.has_room(core)) {
        residency.add(each(), core, {address, address + 1});
        address += 2;
        ASSERT_LE(address, 2 * kMaxBoundariesPerCore);
    }
    EXPECT_EQ(address, kMaxBoundariesPerCore);
    residency.remove(each(), core, {0, 1});
    EXPECT_TRUE(residency.has_room(core));
}

}  // namespace
}  // namespace plimsoll::ledger
