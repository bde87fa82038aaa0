#include "agents/ttmetal/dataflow_layout.hpp"

#include <gtest/gtest.h>
#include <string.h>

#include <vector>

namespace plimsoll::ttmetal {
namespace {

template <class T>
Vector<T> view(const std::vector<T>& vector) {
    return {vector.data(), vector.data() + vector.size(), vector.data() + vector.capacity()};
}

// An object with the fields where a release might have them, and noise in between.
class FakeDataflowBuffer {
  public:
    FakeDataflowBuffer(std::size_t config_at, std::size_t groups_at)
        : image_(512, 0), config_at_(config_at), groups_at_(groups_at) {
        for (std::uint64_t x = 0; x < 8; ++x) cores_.push_back({x, 0, 105824, 0});
        put(config_at_ - sizeof(CoreRangeSet), view(ranges_));
        put(config_at_, config_);
        put(config_at_ + 16, view(cores_));  // a vector of another shape
    }

    void lay_out() {
        groups_ = {{view(ranges_), {}, view(cores_)}};
        put(groups_at_, view(groups_));
    }

    void lose_a_core() {
        cores_.pop_back();
        lay_out();
    }

    [[nodiscard]] const void* object() const { return image_.data(); }
    [[nodiscard]] const DataflowConfig& config() const { return config_; }
    [[nodiscard]] CoreRangeSet ranges() const { return view(ranges_); }

  private:
    template <class T>
    void put(std::size_t offset, const T& value) {
        memcpy(image_.data() + offset, &value, sizeof value);
    }

    std::vector<char> image_;
    std::size_t config_at_;
    std::size_t groups_at_;
    DataflowConfig config_{2048, 32};
    std::vector<CoreRange> ranges_{{0, 0, 7, 0}};
    std::vector<CoreAddress> cores_;
    std::vector<DataflowGroup> groups_;
};

class DataflowLayoutOfARelease
    : public testing::TestWithParam<std::pair<std::size_t, std::size_t>> {};

TEST_P(DataflowLayoutOfARelease, IsFoundAndReadAgain) {
    DataflowLayout layout;
    FakeDataflowBuffer first(GetParam().first, GetParam().second);
    layout.learn_config(first.object(), first.config(), first.ranges());
    first.lay_out();
    for (int round = 0; round < 2; ++round) {
        DataflowBuffer buffer;
        ASSERT_TRUE(layout.read(first.object(), &buffer));
        EXPECT_EQ(buffer.bytes_per_core(), 65536u);
        ASSERT_EQ(buffer.groups.size(), 1u);
        EXPECT_EQ(buffer.groups.first->cores.size(), 8u);
        EXPECT_EQ(buffer.groups.first->cores.first->address, 105824u);
    }
}

INSTANTIATE_TEST_SUITE_P(Known, DataflowLayoutOfARelease,
                         testing::Values(std::pair<std::size_t, std::size_t>{40, 128},
                                         std::pair<std::size_t, std::size_t>{40, 120},
                                         std::pair<std::size_t, std::size_t>{56, 200}));

TEST(DataflowLayout, IsNotGuessedWithoutTheConfiguration) {
    DataflowLayout layout;
    FakeDataflowBuffer buffer(40, 128);
    buffer.lay_out();
    DataflowBuffer read;
    EXPECT_FALSE(layout.read(buffer.object(), &read));
}

TEST(DataflowLayout, IsNotBelievedWhenTheGroupsDoNotAccountForEachCore) {
    DataflowLayout layout;
    FakeDataflowBuffer buffer(40, 128);
    layout.learn_config(buffer.object(), buffer.config(), buffer.ranges());
    buffer.lay_out();
    DataflowBuffer read;
    ASSERT_TRUE(layout.read(buffer.object(), &read));
    buffer.lose_a_core();
    EXPECT_FALSE(layout.read(buffer.object(), &read));
}

}  // namespace
}  // namespace plimsoll::ttmetal
