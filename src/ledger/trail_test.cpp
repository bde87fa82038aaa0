#include "ledger/trail.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

TEST(Trail, KnowsTheLastBirthsExactlyAndOlderOnesInProportion) {
    Trail trail;
    for (std::uint64_t birth = 1; birth <= 10000; ++birth) trail.begin(3 * birth, 0, 1, 1);
    for (std::uint64_t age = 0; age < 32; ++age) {
        EXPECT_EQ(trail.births_until(3 * (10000 - age)), 10000 - age);
    }
    for (std::uint64_t birth = 1; birth <= 10000; birth += 97) {
        EXPECT_NEAR(trail.births_until(3 * birth), static_cast<double>(birth), 1.0)
            << "they came evenly";
    }
    EXPECT_EQ(trail.births_until(2), 0);
    EXPECT_EQ(trail.births_until(1000000), 10000);
}

TEST(Trail, KeepsTheLeastOfWhatItMerges) {
    Trail trail;
    for (std::uint64_t birth = 1; birth <= 200; ++birth) {
        trail.begin(birth, 0, 5, 50);
        if (birth == 10) trail.fall(2, 20);
    }
    std::uint32_t least = 5;
    std::uint64_t bytes = 50;
    for (const Step& step : trail.steps()) {
        least = std::min(least, step.least);
        bytes = std::min(bytes, step.least_bytes);
    }
    EXPECT_EQ(least, 2u);
    EXPECT_EQ(bytes, 20u);
}

TEST(Trail, IsBounded) {
    Trail trail;
    for (std::uint64_t birth = 1; birth <= 3000000; ++birth) trail.begin(birth, 0, 0, 0);
    EXPECT_LE(trail.steps().size(), 24u * 32);
    std::uint64_t births = 0;
    for (const Step& step : trail.steps()) births += step.births;
    EXPECT_EQ(births, 3000000u);
}

}  // namespace
}  // namespace plimsoll::ledger
