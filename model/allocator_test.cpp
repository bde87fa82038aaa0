#include "model/allocator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/error.hpp"
#include "model/test_session.hpp"

// Figures that were measured on the released runtime.
namespace plimsoll::model {
namespace {

constexpr DeviceAddr kMiB = 1u << 20;

Allocator allocator(const char* machine, const char* release, DeviceAddr l1_small = 0,
                    DeviceAddr trace = 0) {
    return Allocator(
        allocator_config(*machines::find(machine), *find_release(release), l1_small, trace));
}

DeviceAddr interleaved(Allocator& in, BufferType type, DeviceAddr size) {
    return in.allocate(type, size, 2048, in.get_num_banks(type),
                       is_dram(type) ? Direction::bottom_up : Direction::top_down);
}

struct Footprint {
    const char* machine;
    BufferType type;
    std::uint32_t banks;
    DeviceAddr per_bank;
};

class TwoMebibytes : public testing::TestWithParam<Footprint> {};

TEST_P(TwoMebibytes, TakeThatMuchOfEachBank) {
    const auto& [machine, type, banks, per_bank] = GetParam();
    const Allocator in = allocator(machine, "0.81.1");
    EXPECT_EQ(in.get_num_banks(type), banks);
    EXPECT_EQ(size_per_bank(2 * kMiB, 2048, banks, in.get_alignment(type)), per_bank);
}

INSTANTIATE_TEST_SUITE_P(Machines, TwoMebibytes,
                         testing::Values(Footprint{"p150", BufferType::L1, 110, 20480},
                                         Footprint{"n150", BufferType::L1, 64, 32768},
                                         Footprint{"galaxy", BufferType::L1, 72, 30720},
                                         Footprint{"bh-galaxy", BufferType::L1, 120, 18432},
                                         Footprint{"n150", BufferType::DRAM, 12, 176128},
                                         Footprint{"p150", BufferType::DRAM, 8, 262144},
                                         Footprint{"p100", BufferType::DRAM, 7, 301056}));

TEST(SizePerBank, OfOtherPagesAndBanks) {
    EXPECT_EQ(size_per_bank(22528, 2048, 8, 64), 4096u);
    EXPECT_EQ(size_per_bank(36864, 2048, 8, 64), 6144u);
    EXPECT_EQ(size_per_bank(1236, 12, 103, 16), 16u);
    EXPECT_EQ(size_per_bank(1236 / 12 * 40, 40, 103, 16), 48u);
    EXPECT_EQ(size_per_bank(0, 0, 12, 32), 0u);
    EXPECT_EQ(size_per_bank(17179869184, 2048, 12, 32), 1431656448u);
}

TEST(Allocator, TakesL1FromTheTop) {
    const auto address = [](const char* machine) {
        Allocator in = allocator(machine, "0.81.1");
        return interleaved(in, BufferType::L1, 2 * kMiB);
    };
    EXPECT_EQ(address("n150"), 1466368u);
    EXPECT_EQ(address("p150"), 1552384u);
    EXPECT_EQ(address("galaxy"), 1468416u);
    EXPECT_EQ(address("bh-galaxy"), 1554432u);
}

TEST(Allocator, TakesDramFromTheBottomOfWhatTheReleaseLeaves) {
    const auto addresses = [](const char* release) {
        Allocator in = allocator("n150", release);
        std::vector<DeviceAddr> four(4);
        for (DeviceAddr& address : four) address = interleaved(in, BufferType::DRAM, 2 * kMiB);
        return four;
    };
    EXPECT_THAT(addresses("0.66.0"), testing::ElementsAre(32, 176160, 352288, 528416));
    for (const char* release : {"0.75.0", "0.80.0", "0.81.1"}) {
        EXPECT_THAT(addresses(release), testing::ElementsAre(1048640, 1224768, 1400896, 1577024));
    }
}

TEST(Allocator, TopDownDramEndsAtTheEndOfTheBank) {
    Allocator wormhole = allocator("n150", "0.81.1");
    Allocator blackhole = allocator("p150", "0.81.1");
    const auto top = [](Allocator& in, DeviceAddr size) {
        return in.allocate(BufferType::DRAM, size, 2048, in.get_num_banks(BufferType::DRAM),
                           Direction::top_down);
    };
    EXPECT_EQ(top(wormhole, 12 * 4096), 1073737728u);
    EXPECT_EQ(top(blackhole, 22528), 4278185984u);
}

TEST(Allocator, DividesABank) {
    const auto allocatable = [](const Allocator& in, BufferType type) {
        return in.get_statistics(type).total_allocatable_size_bytes;
    };
    EXPECT_EQ(allocatable(allocator("n150", "0.66.0"), BufferType::DRAM), 1073741792u);
    EXPECT_EQ(allocatable(allocator("n150", "0.75.0"), BufferType::DRAM), 1072693184u);
    const Allocator in = allocator("n150", "0.81.1", 16384, kMiB);
    EXPECT_EQ(allocatable(in, BufferType::DRAM), 1072603072u);
    EXPECT_EQ(allocatable(in, BufferType::L1), 1376928u);
    EXPECT_EQ(allocatable(in, BufferType::L1_SMALL), 16384u);
    EXPECT_EQ(allocatable(in, BufferType::TRACE), 90112u);
    EXPECT_EQ(allocatable(allocator("n150", "0.81.1", 1000), BufferType::L1_SMALL), 1024u);
}

TEST(Allocator, SplitsTheTraceRegionAsTheReleaseDoes) {
    const auto per_bank = [](const char* release, DeviceAddr asked) {
        return allocator("n150", release, 0, asked)
            .get_statistics(BufferType::TRACE)
            .total_allocatable_size_bytes;
    };
    EXPECT_EQ(per_bank("0.66.0", 65536), 65536u);
    EXPECT_EQ(per_bank("0.66.0", 1048576), 1048576u);
    for (const DeviceAddr asked : {4096u, 12288u, 65536u})
        EXPECT_EQ(per_bank("0.81.1", asked), 8192u);
    EXPECT_EQ(per_bank("0.81.1", 1000000), 90112u);
    EXPECT_EQ(per_bank("0.75.0", 1048576), 90112u);
    EXPECT_EQ(per_bank("0.81.1", 2097152), 180224u);
    EXPECT_EQ(per_bank("0.81.1", 23887872), 1990656u);
}

TEST(Allocator, RefusesWithTheRuntimesWords) {
    Allocator in = allocator("n150", "0.81.1", 16384);
    for (int i = 0; i < 33; ++i) interleaved(in, BufferType::L1, 2 * kMiB);
    try {
        interleaved(in, BufferType::L1, 134217728);
        FAIL();
    } catch (const RuntimeError& error) {
        EXPECT_STREQ(error.what(),
                     "Out of Memory: Not enough space to allocate 134217728 B L1 buffer across 64 "
                     "banks, where each bank needs to store 2097152 B, but bank size is 1376928 B "
                     "(allocated: 1081344 B, free: 295584 B, largest free block: 295584 B).");
    }
}

TEST(Buffer, ShardsTakeTheirOwnCores) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    const CoreRange all{{0, 0}, {7, 7}};
    const auto sharded = [&](DeviceAddr size, TensorMemoryLayout layout) {
        return BufferConfig{.size = size,
                            .page_size = 2048,
                            .type = BufferType::L1,
                            .layout = layout,
                            .shards = ShardSpec{all, size / 2048 / 64}};
    };
    const Buffer& first =
        session.allocate("first", sharded(262144, TensorMemoryLayout::HEIGHT_SHARDED));
    EXPECT_EQ(first.aligned_size_per_bank(), 4096u);
    EXPECT_EQ(first.address(), 1495040u);
    const Buffer& second =
        session.allocate("second", sharded(131072, TensorMemoryLayout::BLOCK_SHARDED));
    EXPECT_EQ(second.aligned_size_per_bank(), 2048u);
    EXPECT_EQ(second.address(), 1492992u);
}

class SingleCores : public testing::Test {
  protected:
    DeviceAddr shard(const CoreRange& cores, const CoreRangeSet* clear_of) {
        return in_.allocate(BufferType::L1, cores.size() * 2048, 2048, cores.size(),
                            Direction::top_down, clear_of);
    }

    Allocator in_ = allocator("n150", "0.81.1");
    const DeviceAddr top_ = in_.config().worker_l1_size;
    const DeviceAddr third_ = in_.allocate_on_core({3, 0}, 4096);
    const DeviceAddr fourth_ = in_.allocate_on_core({4, 0}, 64);
};

TEST_F(SingleCores, HaveAddressesOfTheirOwn) {
    EXPECT_EQ(third_, top_ - 4096);
    EXPECT_EQ(fourth_, top_ - 64);
    EXPECT_EQ(in_.bytes_on_single_cores(), 4096u + 64u);
    EXPECT_EQ(in_.get_statistics(BufferType::L1).total_allocated_bytes, 0u);
}

TEST_F(SingleCores, AreKeptClearOfByAllOrByThoseWhoLieThere) {
    const CoreRangeSet fourth = CoreRange{{4, 0}, {4, 0}};
    EXPECT_EQ(shard({{0, 1}, {7, 1}}, nullptr), top_ - 4096 - 2048);
    EXPECT_EQ(shard({{4, 0}, {4, 0}}, &fourth), top_ - 64 - 2048);
    // And they of what is in lockstep.
    EXPECT_EQ(in_.allocate_on_core({7, 7}, 64), top_ - 64);
    EXPECT_EQ(in_.allocate_on_core({7, 7}, 64), top_ - 64 - 2048 - 64);
}

TEST_F(SingleCores, AreTheLowestBufferOfTheirOwnCoreAlone) {
    EXPECT_EQ(in_.lowest_occupied_l1_address(), std::nullopt);
    EXPECT_EQ(in_.lowest_occupied_l1_address({{0, 0}, {2, 7}}), std::nullopt);
    EXPECT_EQ(in_.lowest_occupied_l1_address({{4, 0}, {4, 0}}), top_ - 64);
    EXPECT_EQ(in_.lowest_occupied_l1_address({{0, 0}, {7, 7}}), top_ - 4096);
    in_.deallocate_on_core({3, 0}, third_);
    EXPECT_EQ(in_.lowest_occupied_l1_address({{0, 0}, {7, 7}}), top_ - 64);
}

TEST(Buffer, IdsAreNeverUsedAgainAndViewsTakeSome) {
    const auto ids = [](const char* machine, MeshShape shape) {
        Session session = make_session(machine, "0.81.1");
        session.open_mesh({.shape = shape});
        const BufferConfig config{.size = 2048, .page_size = 2048};
        std::vector<std::uint64_t> seen;
        for (const char* name : {"a", "b", "c"}) {
            seen.push_back(session.allocate(name, config).unique_id());
        }
        return seen;
    };
    EXPECT_THAT(ids("n150", {1, 1}), testing::ElementsAre(0, 2, 4));
    EXPECT_THAT(ids("t3k", {2, 4}), testing::ElementsAre(0, 9, 18));
}

}  // namespace
}  // namespace plimsoll::model
