#include "upstream/statistics.hpp"

#include <gtest/gtest.h>

#include "upstream/test_statistics.hpp"

namespace plimsoll::upstream {
namespace {

TEST(UpstreamStatistics, AreReadInEveryVersionThatHasThisLayout) {
    for (const std::uint32_t version : {2u, 3u, 4u}) {
        TestFile file(version, 5);
        file.set_total({1, 2, 3, 4, 6});
        file.set_process(0, 4711, "python", {10, 20, 30, 40, 60});
        file.set_process(63, 4712, std::string(64, 'x'), {0, 0, 0, 0, 0});
        const Statistics read = read_statistics(file.bytes).value();
        EXPECT_EQ(read.version, version);
        EXPECT_EQ(read.device, 5);
        EXPECT_EQ(read.asic, 4294967297u);
        EXPECT_EQ(read.updated_ns, 1700000000000000000u);
        EXPECT_EQ(read.total.regions, (std::array<std::uint64_t, 5>{1, 2, 3, 4, 0}));
        EXPECT_EQ(read.total.circular_buffers, 6u);
        ASSERT_EQ(read.processes.size(), 2u);
        EXPECT_EQ(read.processes[0].pid, 4711);
        EXPECT_EQ(read.processes[0].name, "python");
        EXPECT_EQ(read.processes[0].held.regions[0], 10u);
        EXPECT_EQ(read.processes[0].held.circular_buffers, 60u);
        EXPECT_EQ(read.processes[0].updated_ns, 1700000001000000000u);
        EXPECT_EQ(read.processes[1].name, std::string(64, 'x'));
        EXPECT_TRUE(read.processes[1].held.is_nothing());
        EXPECT_FALSE(read.processes[0].held.is_nothing());
    }
}

TEST(UpstreamStatistics, LeaveOutSlotsThatAreFreeOrBeingGivenBack) {
    TestFile file(4, 0);
    file.set_process(0, 0, "free", {1, 1, 1, 1, 1});
    file.set_process(1, -1, "given back", {1, 1, 1, 1, 1});
    EXPECT_TRUE(read_statistics(file.bytes).value().processes.empty());
}

TEST(UpstreamStatistics, OfAnotherVersionOrLengthAreRefused) {
    for (const std::uint32_t version : {0u, 1u, 5u, 0xffffffffu}) {
        const auto read = read_statistics(TestFile(version, 0).bytes);
        ASSERT_FALSE(read);
        EXPECT_EQ(read.error().number, version);
    }
    std::vector<std::byte> bytes = TestFile(3, 0).bytes;
    bytes.pop_back();
    EXPECT_EQ(read_statistics(bytes).error().number, 8575);
    EXPECT_FALSE(read_statistics({}));
}

}  // namespace
}  // namespace plimsoll::upstream
