#include "gate/limits.hpp"

#include <gtest/gtest.h>

namespace plimsoll::gate {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);

std::uint64_t bytes_of(const std::string& text) { return std::get<Limit>(read_limit(text)).bytes; }

ledger::DeviceUse device(std::int32_t chip, std::uint64_t dram_peak) {
    ledger::DeviceUse use;
    use.device = chip;
    use.regions[kDram].peak = {dram_peak, Coverage::exact};
    return use;
}

TEST(Limit, SizesAreBytesOrPowersOf1024) {
    EXPECT_EQ(bytes_of("dram=0"), 0u);
    EXPECT_EQ(bytes_of("dram=4096"), 4096u);
    EXPECT_EQ(bytes_of("dram=4096B"), 4096u);
    EXPECT_EQ(bytes_of("l1=512K"), 512u << 10);
    EXPECT_EQ(bytes_of("l1=512M"), 512u << 20);
    EXPECT_EQ(bytes_of("trace=10GiB"), std::uint64_t{10} << 30);
    EXPECT_EQ(bytes_of("l1_small=1TB"), std::uint64_t{1} << 40);
    EXPECT_EQ(bytes_of("dram=18446744073709551615"), UINT64_MAX);
}

TEST(Limit, NamesItsRegion) {
    EXPECT_EQ(name_of(std::get<Limit>(read_limit("l1=1"))), "l1");
    EXPECT_EQ(name_of(std::get<Limit>(read_limit("l1_per_core=1"))), "l1_per_core");
}

TEST(Limit, WhatIsNoneIsRefusedAndNamed) {
    for (const char* text :
         {"", "dram", "dram=", "dram=1.5G", "dram=-1", "dram=G", "dram=1GG", "dram=1X", "dram=1 G",
          "dram=17179869184G", "sram=1G", "system=1", "dram=99999999999999999999", "DRAM=1G"}) {
        const auto read = read_limit(text);
        ASSERT_TRUE(std::holds_alternative<std::string>(read)) << text;
        const std::string_view whole(text);
        const std::string part(whole.substr(whole.find("dram=") == 0 ? 5 : 0));
        EXPECT_NE(std::get<std::string>(read).find("'" + part + "'"), std::string::npos) << text;
    }
}

TEST(Limit, IsBrokenByTheDeviceThatIsWorstOff) {
    const Limit limit{Region::dram, 1000};
    const auto excesses = broken({limit}, {device(0, 1001), device(1, 4000), device(2, 1000)});
    ASSERT_EQ(excesses.size(), 1u);
    EXPECT_EQ(excesses[0].device, 1);
    EXPECT_EQ(excesses[0].peak.peak.value, 4000u);
    EXPECT_TRUE(broken({limit}, {device(2, 1000)}).empty()) << "up to it is not above it";
    EXPECT_TRUE(broken({limit}, {}).empty());
}

TEST(Limit, APeakThatNobodyKnowsDoesNotPass) {
    ledger::DeviceUse unknown = device(0, 0);
    unknown.l1_per_core.peak.coverage = Coverage::unknown;
    EXPECT_EQ(broken({{std::nullopt, 1000}}, {unknown}).size(), 1u);
    ledger::DeviceUse above = device(1, 0);
    above.l1_per_core.peak.value = 1001;
    EXPECT_EQ(broken({{std::nullopt, 1000}}, {unknown, above})[0].device, 1);
}

}  // namespace
}  // namespace plimsoll::gate
