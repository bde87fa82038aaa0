#include "ledger/core_residency.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <vector>

namespace plimsoll::ledger {
namespace {

using Cores = std::vector<std::uint16_t>;

Cores sixty_four_cores() {
    Cores cores(64);
    std::iota(cores.begin(), cores.end(), std::uint16_t{0});
    return cores;
}

TEST(CoreResidency, CountsWhatOverlapsOnACoreOnce) {
    CoreResidency residency;
    EXPECT_EQ(residency.add(Cores{0, 1}, {1000, 1000 + 4096}), 8192u);
    EXPECT_EQ(residency.add(Cores{0, 1}, {1000, 1000 + 4096}), 0u);  // an identical program
    EXPECT_EQ(residency.add(Cores{1, 2}, {1000, 1000 + 6144}), 2048u + 6144u);
    EXPECT_EQ(residency.total_bytes(), 16384u);
    EXPECT_EQ(residency.fullest_core_bytes(), 6144u);
}

TEST(CoreResidency, GivesBackOnlyWhatNothingElseCovers) {
    CoreResidency residency;
    residency.add(Cores{0, 1}, {1000, 5096});
    residency.add(Cores{0, 1}, {1000, 5096});
    residency.add(Cores{1, 2}, {1000, 7144});
    residency.remove(Cores{0, 1}, {1000, 5096});
    EXPECT_EQ(residency.total_bytes(), 16384u);
    residency.remove(Cores{0, 1}, {1000, 5096});
    EXPECT_EQ(residency.total_bytes(), 12288u);
    residency.remove(Cores{1, 2}, {1000, 7144});
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.fullest_core_bytes(), 0u);
}

TEST(CoreResidency, CountsTouchingIntervalsSideBySide) {
    CoreResidency residency;
    const Cores cores = sixty_four_cores();
    for (const std::uint64_t address : {103552u, 107648u, 111744u}) {
        residency.add(cores, {address, address + 4096});
    }
    EXPECT_EQ(residency.total_bytes(), 64u * 12288u);
    residency.remove(cores, {107648, 107648 + 4096});  // the one in the middle
    EXPECT_EQ(residency.total_bytes(), 64u * 8192u);
    EXPECT_EQ(residency.fullest_core_bytes(), 8192u);
}

TEST(CoreResidency, HoldsSoftmaxOverAddInSoftmaxsOwnSpace) {
    CoreResidency residency;
    const Cores cores = sixty_four_cores();
    for (const std::uint64_t address : {103552u, 107648u, 111744u}) {
        residency.add(cores, {address, address + 4096});
    }
    std::uint64_t address = 103552;
    for (const std::uint64_t bytes : {65536u, 32768u, 2048u, 2048u, 65536u, 2048u, 2048u, 65536u}) {
        residency.add(cores, {address, address + bytes});
        address += bytes;
    }
    EXPECT_EQ(address, 341120u);
    EXPECT_EQ(residency.fullest_core_bytes(), 237568u);
    EXPECT_EQ(residency.total_bytes(), 64u * 237568u);
}

TEST(CoreResidency, CountsWhatLiesOverALockstepIntervalOnce) {
    CoreResidency residency;
    residency.add(Cores{0}, {100, 200});
    residency.add(Cores{0, 1}, {150, 300});
    EXPECT_EQ(residency.total_bytes(), 200u + 150u);
    EXPECT_EQ(residency.add_in_lockstep({180, 260}), 80u + 80u);
    EXPECT_EQ(residency.total_bytes(), 120u + 70u);
    EXPECT_EQ(residency.fullest_core_bytes(), 200u);
    EXPECT_EQ(residency.add(Cores{1, 2}, {250, 310}), 10u + 50u);
    EXPECT_EQ(residency.remove(Cores{0, 1}, {150, 300}), 40u + 30u);  // [100, 200) stays
    EXPECT_EQ(residency.remove_in_lockstep({180, 260}), 20u + 10u + 10u);
    EXPECT_EQ(residency.total_bytes(), 100u + 60u + 60u);
    EXPECT_EQ(residency.fullest_core_bytes(), 100u);
}

TEST(CoreResidency, HasLockstepIntervalsOnCoresWithoutOthers) {
    CoreResidency residency;
    EXPECT_EQ(residency.add_in_lockstep({100, 200}), 0u);
    EXPECT_EQ(residency.add_in_lockstep({150, 220}), 0u);
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.fullest_core_bytes(), 120u);
    residency.remove_in_lockstep({100, 200});
    EXPECT_EQ(residency.fullest_core_bytes(), 70u);
    residency.remove_in_lockstep({0, 1000});  // never added
    EXPECT_EQ(residency.fullest_core_bytes(), 0u);
}

TEST(CoreResidency, NeverGoesBelowZeroForWhatWasNeverAdded) {
    CoreResidency residency;
    EXPECT_EQ(residency.remove(Cores{3}, {0, 100}), 0u);
    residency.add(Cores{3}, {50, 60});
    EXPECT_EQ(residency.remove(Cores{3}, {0, 100}), 10u);
    EXPECT_EQ(residency.total_bytes(), 0u);
    EXPECT_EQ(residency.add(Cores{3}, {0, 100}), 100u);
}

TEST(CoreResidency, TakesNothingForAnEmptyInterval) {
    CoreResidency residency;
    EXPECT_EQ(residency.add(Cores{0}, {100, 100}), 0u);
    EXPECT_EQ(residency.add(Cores{0}, {100, 50}), 0u);
}

TEST(CoreResidency, SaysWhenOneCoreHasTooManyBoundaries) {
    CoreResidency residency;
    const Cores core{0};
    std::uint64_t address = 0;
    while (residency.has_room(core)) {
        residency.add(core, {address, address + 1});
        address += 2;
        ASSERT_LE(address, 2 * kMaxBoundariesPerCore);
    }
    EXPECT_EQ(address, kMaxBoundariesPerCore);
    residency.remove(core, {0, 1});
    EXPECT_TRUE(residency.has_room(core));
}

}  // namespace
}  // namespace plimsoll::ledger
