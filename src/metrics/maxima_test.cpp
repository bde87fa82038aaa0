#include "metrics/maxima.hpp"

#include <gtest/gtest.h>

namespace plimsoll::metrics {
namespace {

DeviceMaximum dram(std::int32_t device, std::uint64_t bytes) {
    DeviceMaximum maximum{device, "wormhole_b0"};
    maximum.regions[0] = bytes;
    return maximum;
}

TEST(Maxima, TellThePeakBetweenTwoScrapesOnce) {
    Maxima maxima;
    maxima.raise(dram(0, 10));
    maxima.take("");
    maxima.raise(dram(0, 90));
    maxima.raise(dram(0, 20));
    const std::vector<DeviceMaximum> second = maxima.take("");
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].regions[0], 90u);
    EXPECT_EQ(second[0].arch, "wormhole_b0");
    maxima.raise(dram(0, 20));
    EXPECT_EQ(maxima.take("")[0].regions[0], 20u);
}

TEST(Maxima, TellEveryScraperOfAPeakWhoeverAsksFirst) {
    Maxima maxima;
    maxima.take("a");
    maxima.take("b");
    maxima.raise(dram(0, 90));
    EXPECT_EQ(maxima.take("a")[0].regions[0], 90u);
    maxima.raise(dram(0, 10));
    EXPECT_EQ(maxima.take("a")[0].regions[0], 10u);
    EXPECT_EQ(maxima.take("b")[0].regions[0], 90u);
}

TEST(Maxima, TellANewScraperOfAllTheTime) {
    Maxima maxima;
    maxima.raise(dram(0, 90));
    maxima.take("a");
    maxima.raise(dram(0, 10));
    EXPECT_EQ(maxima.take("late")[0].regions[0], 90u);
}

TEST(Maxima, SayNothingOfADeviceThatIsGone) {
    Maxima maxima;
    maxima.raise(dram(0, 90));
    maxima.take("");
    EXPECT_TRUE(maxima.take("").empty());
}

TEST(Maxima, ForgetWhoHasNotAskedForLongest) {
    Maxima maxima;
    maxima.raise(dram(0, 90));
    for (std::size_t i = 0; i < Maxima::kMostScrapers; ++i) maxima.take(std::to_string(i));
    maxima.take("0");
    maxima.take("one more");  // instead of "1"
    maxima.raise(dram(0, 10));
    EXPECT_EQ(maxima.take("0")[0].regions[0], 10u);
    EXPECT_EQ(maxima.take("1")[0].regions[0], 90u);  // as if it were new
}

}  // namespace
}  // namespace plimsoll::metrics
