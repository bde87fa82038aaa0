#include "findings/region_sizes.hpp"

#include <gtest/gtest.h>

namespace plimsoll::findings {
namespace {

ledger::DeviceUse device_with(Region region, std::uint64_t span, std::uint32_t banks,
                              std::uint64_t bytes_per_bank) {
    ledger::DeviceUse device;
    ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
    use.span = span;
    use.bank = {banks, bytes_per_bank, 0};
    return device;
}

TEST(RegionSizes, AreWhatOpenIsTold) {
    const auto small = region_sizes(device_with(Region::l1_small, 4096, 64, 32768));
    ASSERT_EQ(small.size(), 1u);
    EXPECT_STREQ(small[0].setting.name, "l1_small_size");
    EXPECT_EQ(small[0].given, 32768u);
    EXPECT_EQ(small[0].enough, 4096u);

    const auto trace = region_sizes(device_with(Region::trace, 2048, 12, 8192));
    ASSERT_EQ(trace.size(), 1u);
    EXPECT_STREQ(trace[0].setting.name, "trace_region_size");
    EXPECT_EQ(trace[0].given, 12u * 8192u);
    EXPECT_EQ(trace[0].enough, 12u * 2048u);
}

TEST(RegionSizes, AreNotGuessed) {
    EXPECT_TRUE(region_sizes(device_with(Region::l1, 4096, 64, 32768)).empty());
    EXPECT_TRUE(region_sizes(device_with(Region::l1_small, 0, 64, 32768)).empty());
    EXPECT_TRUE(region_sizes(device_with(Region::l1_small, 4096, 0, 0)).empty());
}

}  // namespace
}  // namespace plimsoll::findings
