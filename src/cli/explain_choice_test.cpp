#include "cli/explain_choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

findings::Finding finding(std::string code, Region region, std::int32_t device) {
    findings::Finding made;
    made.code = std::move(code);
    made.count = 1;
    made.devices = {device, device + 1};
    ledger::AllocationView row;
    row.region = region;
    row.devices = made.devices;
    row.address = 64;
    row.bytes_per_bank = 32;
    made.allocations = {row};
    return made;
}

findings::Report report() {
    findings::Report made;
    made.findings = {finding("left-at-exit", Region::dram, 0),
                     finding("buffer-outlives-device", Region::l1, 0),
                     finding("left-at-exit", Region::l1, 4)};
    return made;
}

ExplainOptions of(std::string word) {
    ExplainOptions options;
    options.file = "report.json";
    options.finding = std::move(word);
    return options;
}

std::vector<std::size_t> numbers(const findings::Report& from, const ExplainOptions& options) {
    std::vector<std::size_t> numbers;
    const auto all = chosen(from, options);
    for (const findings::Explanation& one : all.value()) numbers.push_back(one.number);
    return numbers;
}

TEST(Chosen, IsANumberOrEveryoneOfACode) {
    EXPECT_THAT(numbers(report(), of("2")), ElementsAre(2));
    EXPECT_THAT(numbers(report(), of("left-at-exit")), ElementsAre(1, 3));
}

TEST(Chosen, IsTheOnlyOneOrNoneAtAll) {
    EXPECT_THAT(numbers(report(), of("")), ElementsAre());
    findings::Report one = report();
    one.findings.resize(1);
    EXPECT_THAT(numbers(one, of("")), ElementsAre(1));
}

TEST(Chosen, SaysWhichThereAre) {
    for (const char* word : {"4", "0", "-1", "02", "out-of-memory", "left", "1.0"}) {
        const auto none = chosen(report(), of(word));
        ASSERT_FALSE(none) << word;
        EXPECT_THAT(none.problem().what, HasSubstr(word));
        EXPECT_EQ(none.problem().expected,
                  "one of 1 left-at-exit, 2 buffer-outlives-device, 3 left-at-exit");
    }
}

TEST(Chosen, ShowsOnlyTheDeviceAndTheRegionAskedFor) {
    ExplainOptions options = of("left-at-exit");
    options.device = 5;
    std::vector<findings::Explanation> found = chosen(report(), options).value();
    EXPECT_TRUE(found.at(0).maps.empty());
    EXPECT_TRUE(found.at(0).finding.allocations.empty());
    EXPECT_THAT(found.at(1).maps.at(0).devices, ElementsAre(5));

    options.device.reset();
    options.region = Region::dram;
    found = chosen(report(), options).value();
    EXPECT_EQ(found.at(0).maps.size(), 1u);
    EXPECT_TRUE(found.at(1).maps.empty());
}

TEST(Chosen, SaysWhereItWouldBeWhenItIsNotThere) {
    ExplainOptions options = of("2");
    options.device = 7;
    const auto none = chosen(report(), options);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.problem().expected, "l1 on devices 0, 1");
}

}  // namespace
}  // namespace plimsoll::cli
