#include "agents/ttmetal/placement.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace plimsoll::ttmetal {
namespace {

class PlacementTest : public testing::Test {
  protected:
    CoreRangeSet cores(std::uint64_t columns) {
        ranges_.push_back({{0, 0, columns - 1, 0}});
        const std::vector<CoreRange>& last = ranges_.back();
        return {last.data(), last.data() + last.size(), last.data() + last.size()};
    }

  private:
    std::vector<std::vector<CoreRange>> ranges_;
};

TEST_F(PlacementTest, CountsWhatIsPackedUpwardFromTheStart) {
    Placement placement(32, {200000, 1});
    const CoreRangeSet eight = cores(8);
    EXPECT_TRUE(placement.is_new_memory(105824, 65536, eight));
    EXPECT_TRUE(placement.is_new_memory(171360, 16384, eight));
}

TEST_F(PlacementTest, LeavesOutWhatLiesInABuffer) {
    Placement placement(32, {1466368, 1});
    const CoreRangeSet eight = cores(8);
    EXPECT_FALSE(placement.is_new_memory(1466368, 32768, eight));
    EXPECT_TRUE(placement.is_new_memory(105824, 65536, eight));
    EXPECT_FALSE(placement.is_new_memory(1466368, 32768, eight));
}

TEST_F(PlacementTest, CountsALayoutThatRunsIntoTheBuffers) {
    Placement placement(32, {171360, 1});
    const CoreRangeSet eight = cores(8);
    EXPECT_TRUE(placement.is_new_memory(105824, 65528, eight));
    EXPECT_TRUE(placement.is_new_memory(171360, 16384, eight));
}

TEST_F(PlacementTest, CountsAnAliasOnce) {
    Placement placement(32, {});
    const CoreRangeSet eight = cores(8);
    EXPECT_TRUE(placement.is_new_memory(105824, 65536, eight));
    EXPECT_FALSE(placement.is_new_memory(105824, 65536, eight));
    EXPECT_TRUE(placement.is_new_memory(105824, 65536, cores(4))) << "other cores, same address";
}

TEST_F(PlacementTest, LeavesOutWhatIsNotLaidOut) {
    Placement placement(32, {});
    EXPECT_FALSE(placement.is_new_memory(0, 65536, cores(8)));
}

}  // namespace
}  // namespace plimsoll::ttmetal
