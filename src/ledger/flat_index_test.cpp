#include "ledger/flat_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace plimsoll::ledger {
namespace {

TEST(FlatIndex, KeepsWhatWasThereFirst) {
    FlatIndex index;
    EXPECT_EQ(index.find(7), FlatIndex::kNone);
    EXPECT_EQ(index.erase(7), FlatIndex::kNone);
    EXPECT_TRUE(index.insert(7, 1));
    EXPECT_FALSE(index.insert(7, 2));
    EXPECT_EQ(index.find(7), 1u);
    EXPECT_EQ(index.erase(7), 1u);
    EXPECT_EQ(index.find(7), FlatIndex::kNone);
    EXPECT_EQ(index.size(), 0u);
}

// Few different keys, so that they come and go and lie behind each other.
TEST(FlatIndex, IsAMapWhateverComesAndGoes) {
    std::mt19937_64 random(11);
    for (const std::uint64_t keys : {8u, 40u, 3000u}) {
        FlatIndex index;
        std::map<std::uint64_t, std::uint32_t> expected;
        for (std::uint32_t step = 0; step < 20'000; ++step) {
            const std::uint64_t key = (random() % keys) << (random() % 2 == 0 ? 0 : 40);
            const auto known = expected.find(key);
            const std::uint32_t number = known == expected.end() ? FlatIndex::kNone : known->second;
            ASSERT_EQ(index.find(key), number);
            if (random() % 2 == 0) {
                ASSERT_EQ(index.insert(key, step), expected.emplace(key, step).second);
            } else {
                ASSERT_EQ(index.erase(key), number);
                expected.erase(key);
            }
            ASSERT_EQ(index.size(), expected.size());
        }
        for (const auto& [key, number] : expected) ASSERT_EQ(index.find(key), number);
    }
}

}  // namespace
}  // namespace plimsoll::ledger
