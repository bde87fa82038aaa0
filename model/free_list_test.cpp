#include "model/free_list.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace plimsoll::model {
namespace {

constexpr DeviceAddr kBase = 1024;
constexpr DeviceAddr kSize = 4096;
constexpr DeviceAddr kUnit = 32;

class FreeListTest : public testing::Test {
  protected:
    DeviceAddr bottom(DeviceAddr size) { return *list_.allocate(size, Direction::bottom_up); }
    DeviceAddr top(DeviceAddr size) { return *list_.allocate(size, Direction::top_down); }

    FreeList list_{kBase, kSize, kUnit};
};

TEST_F(FreeListTest, TakesFromTheEndItIsAskedToTakeFrom) {
    EXPECT_EQ(bottom(64), kBase);
    EXPECT_EQ(top(64), kBase + kSize - 64);
    EXPECT_EQ(bottom(64), kBase + 64);
    EXPECT_EQ(top(64), kBase + kSize - 128);
}

TEST_F(FreeListTest, RoundsUpToWholeUnitsAndTakesAtLeastOne) {
    EXPECT_EQ(bottom(1), kBase);
    EXPECT_EQ(bottom(0), kBase + 32);
    EXPECT_EQ(bottom(33), kBase + 64);
    EXPECT_EQ(list_.statistics().total_allocated_bytes, 128u);
}

TEST_F(FreeListTest, KeepsClearOfWhatIsExcluded) {
    list_.exclude(kBase + 16, 32);            // inside
    list_.exclude(kBase + kSize - 32, 1000);  // beyond the end
    EXPECT_EQ(list_.statistics().total_allocated_bytes, 0u);
    list_.exclude(kBase + 40, 24);  // partly gone already
    EXPECT_EQ(bottom(64), kBase + 64);
    EXPECT_EQ(top(64), kBase + kSize - 32 - 64);
}

TEST_F(FreeListTest, AllocatesJustThere) {
    list_.allocate_at(kBase + 64, 33);
    EXPECT_EQ(list_.allocated().at(kBase + 64), 64u);
    EXPECT_EQ(bottom(128), kBase + 128);
    list_.deallocate(kBase + 64);
    EXPECT_EQ(bottom(128), kBase);
}

TEST_F(FreeListTest, TakesTheFirstHoleThatFitsNotTheBestOne) {
    const DeviceAddr large = bottom(512);
    bottom(32);
    const DeviceAddr exact = bottom(64);
    bottom(32);
    list_.deallocate(large);
    list_.deallocate(exact);

    EXPECT_EQ(bottom(64), large);
    EXPECT_EQ(top(64), kBase + kSize - 64);
}

TEST_F(FreeListTest, TopDownTakesTheUpperEndOfTheHighestHoleThatFits) {
    top(64);
    const DeviceAddr hole = top(256);
    top(kSize - 64 - 256);
    list_.deallocate(hole);
    EXPECT_EQ(top(96), hole + 256 - 96);
}

TEST_F(FreeListTest, FreeNeighboursJoinInAnyOrder) {
    const DeviceAddr a = bottom(32), b = bottom(32), c = bottom(32);
    bottom(kSize - 96);
    list_.deallocate(a);
    list_.deallocate(c);
    EXPECT_EQ(list_.free_blocks().size(), 2u);
    list_.deallocate(b);
    ASSERT_EQ(list_.free_blocks().size(), 1u);
    EXPECT_EQ(list_.statistics().largest_free_block_bytes, 96u);
}

TEST_F(FreeListTest, RefusesWhatNoSingleBlockHolds) {
    const DeviceAddr low = bottom(kSize / 2);
    bottom(32);
    list_.deallocate(low);
    const Statistics s = list_.statistics();
    EXPECT_EQ(s.total_free_bytes, kSize - 32);
    EXPECT_FALSE(list_.allocate(s.largest_free_block_bytes + 1, Direction::bottom_up));
    EXPECT_TRUE(list_.allocate(s.largest_free_block_bytes, Direction::bottom_up));
}

TEST_F(FreeListTest, AnEmptyOneIsFreeAllOver) {
    const Statistics s = list_.statistics();
    EXPECT_EQ(s.total_allocatable_size_bytes, kSize);
    EXPECT_EQ(s.total_free_bytes, kSize);
    EXPECT_EQ(s.largest_free_block_bytes, kSize);
    EXPECT_FALSE(list_.lowest_occupied());
}

TEST_F(FreeListTest, IgnoresAFreeOfWhatIsNotThere) {
    const DeviceAddr only = bottom(64);
    list_.deallocate(only + 32);
    list_.deallocate(0);
    EXPECT_EQ(list_.statistics().total_allocated_bytes, 64u);
}

// One bit for each unit: slow and plain.
class NaiveList {
  public:
    explicit NaiveList(std::size_t units) : taken_(units) {}

    std::optional<std::size_t> allocate(std::size_t units, Direction direction) {
        const std::size_t last = taken_.size() - std::min(units, taken_.size());
        if (units > taken_.size()) return std::nullopt;
        for (std::size_t i = 0; i <= last; ++i) {
            const std::size_t at = direction == Direction::bottom_up ? i : last - i;
            if (!fits(at, units)) continue;
            for (std::size_t unit = at; unit < at + units; ++unit) taken_[unit] = true;
            return at;
        }
        return std::nullopt;
    }
    void deallocate(std::size_t at, std::size_t units) {
        for (std::size_t unit = at; unit < at + units; ++unit) taken_[unit] = false;
    }

  private:
    [[nodiscard]] bool fits(std::size_t at, std::size_t units) const {
        for (std::size_t unit = at; unit < at + units; ++unit) {
            if (taken_[unit]) return false;
        }
        return true;
    }
    std::vector<bool> taken_;
};

TEST_F(FreeListTest, EqualsANaiveOneThroughARandomHistory) {
    struct Block {
        DeviceAddr address;
        std::size_t units;
    };
    std::mt19937 random(1);
    NaiveList naive(kSize / kUnit);
    std::vector<Block> live;
    for (int step = 0; step < 20000; ++step) {
        if (live.empty() || random() % 2 == 0) {
            const std::size_t units = 1 + random() % 24;
            const auto direction = random() % 2 == 0 ? Direction::bottom_up : Direction::top_down;
            const auto address = list_.allocate(units * kUnit - random() % kUnit, direction);
            const auto expected = naive.allocate(units, direction);
            ASSERT_EQ(address.has_value(), expected.has_value()) << step;
            if (!address) continue;
            ASSERT_EQ(*address, kBase + *expected * kUnit) << step;
            live.push_back({*address, units});
        } else {
            std::swap(live[random() % live.size()], live.back());
            list_.deallocate(live.back().address);
            naive.deallocate((live.back().address - kBase) / kUnit, live.back().units);
            live.pop_back();
        }
    }
    for (const Block& block : live) list_.deallocate(block.address);
    EXPECT_EQ(list_.free_blocks().size(), 1u);
}

}  // namespace
}  // namespace plimsoll::model
