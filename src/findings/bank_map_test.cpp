#include "findings/bank_map.hpp"

#include <gtest/gtest.h>

#include <random>
#include <tuple>

namespace plimsoll::findings {
namespace {

TEST(BankMap, SeesWhatIsFreeBetweenItsBlocks) {
    const BankMap map({100, 200}, {{110, 120}, {120, 150}, {160, 200}});
    EXPECT_TRUE(map.is_possible());
    EXPECT_EQ(map.holes(), (std::vector<Extent>{{100, 110}, {150, 160}}));
    EXPECT_EQ(map.free_bytes(), 20u);
    EXPECT_EQ(map.largest_hole(), 10u);
}

TEST(BankMap, JoinsTwoHolesByTheBlockBetweenThem) {
    const BankMap map({0, 100}, {{0, 30}, {40, 50}, {60, 100}});
    const std::optional<Frees> frees = map.fewest_frees(25);
    ASSERT_TRUE(frees);
    EXPECT_EQ(frees->first, 1u);
    EXPECT_EQ(frees->count, 1u);
    EXPECT_EQ(frees->freed_bytes, 10u);
    EXPECT_EQ(frees->room, (Extent{30, 60}));
}

TEST(BankMap, NeedsNothingFreedWhereAPieceIsLargeEnough) {
    EXPECT_EQ(BankMap({0, 100}, {{0, 30}}).fewest_frees(70)->count, 0u);
    EXPECT_EQ(BankMap({0, 100}, {}).fewest_frees(100)->count, 0u);
}

TEST(BankMap, HasNoWayForWhatIsLargerThanTheBank) {
    EXPECT_FALSE(BankMap({0, 100}, {{0, 30}}).fewest_frees(101));
    EXPECT_FALSE(BankMap({0, 0}, {}).fewest_frees(1));
}

TEST(BankMap, RefusesBlocksThatCannotBe) {
    EXPECT_FALSE(BankMap({100, 200}, {{90, 110}}).is_possible());
    EXPECT_FALSE(BankMap({100, 200}, {{190, 210}}).is_possible());
    EXPECT_FALSE(BankMap({100, 200}, {{110, 130}, {120, 140}}).is_possible());
    EXPECT_FALSE(BankMap({100, 200}, {{130, 120}}).is_possible());
}

// A small bank as bytes: each is free (-1) or belongs to a block.
struct Bytes {
    std::vector<int> of;
    std::vector<Extent> blocks;

    explicit Bytes(std::mt19937& random) {
        const auto below = [&](unsigned limit) { return random() % limit; };
        of.assign(1 + below(24), -1);
        for (std::size_t at = below(4); at < of.size();) {
            const std::size_t end = std::min<std::size_t>(of.size(), at + 1 + below(5));
            for (std::size_t i = at; i < end; ++i) of[i] = static_cast<int>(blocks.size());
            blocks.push_back({at, end});
            at = end + below(3) * below(3);
        }
    }

    // The longest run of bytes that are free once the blocks in `freed` are.
    [[nodiscard]] std::uint64_t longest_run(unsigned freed) const {
        std::uint64_t longest = 0, run = 0;
        for (const int block : of) {
            const bool is_free = block < 0 || (freed >> block & 1) != 0;
            run = is_free ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        return longest;
    }

    // By trying every set of blocks: fewest, then fewest bytes. Nothing: no set is enough.
    [[nodiscard]] std::optional<std::tuple<std::size_t, std::uint64_t>> cheapest(
        std::uint64_t need) const {
        std::optional<std::tuple<std::size_t, std::uint64_t>> best;
        for (unsigned freed = 0; freed < 1u << blocks.size(); ++freed) {
            if (longest_run(freed) < need) continue;
            std::size_t count = 0;
            std::uint64_t bytes = 0;
            for (std::size_t i = 0; i < blocks.size(); ++i) {
                if ((freed >> i & 1) == 0) continue;
                ++count;
                bytes += blocks[i].bytes();
            }
            if (!best || std::tuple(count, bytes) < *best) best = {count, bytes};
        }
        return best;
    }
};

TEST(BankMap, FindsWhatTryingEverySetOfBlocksFinds) {
    std::mt19937 random(7);
    for (int round = 0; round < 100000; ++round) {
        const Bytes bytes(random);
        const BankMap map({0, bytes.of.size()}, bytes.blocks);
        ASSERT_TRUE(map.is_possible());
        ASSERT_EQ(map.largest_hole(), bytes.longest_run(0));
        const std::uint64_t need = 1 + random() % (bytes.of.size() + 2);
        const std::optional<Frees> frees = map.fewest_frees(need);
        const auto expected = bytes.cheapest(need);
        ASSERT_EQ(frees.has_value(), expected.has_value()) << "round " << round;
        if (!frees) continue;
        ASSERT_EQ(std::tuple(frees->count, frees->freed_bytes), *expected) << "round " << round;
        unsigned freed = 0;
        for (std::size_t i = 0; i < frees->count; ++i) freed |= 1u << (frees->first + i);
        ASSERT_GE(bytes.longest_run(freed), need);
        ASSERT_GE(frees->room.bytes(), need);
    }
}

}  // namespace
}  // namespace plimsoll::findings
