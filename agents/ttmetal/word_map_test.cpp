#include "agents/ttmetal/word_map.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace plimsoll::ttmetal {
namespace {

TEST(WordMap, RemembersWhatItWasTold) {
    auto map = std::make_unique<WordMap<64>>();
    EXPECT_EQ(map->get(5), 0u);
    map->put(5, 50);
    map->put(5 + 64, 51);
    EXPECT_EQ(map->get(5), 50u);
    EXPECT_EQ(map->get(5 + 64), 51u);
    EXPECT_EQ(map->get(5 + 128), 0u);
}

TEST(WordMap, ForgetsNothingWhenItIsFull) {
    auto map = std::make_unique<WordMap<8>>();
    for (std::uint64_t key = 1; key <= 20; ++key) map->put(key, key * 2);
    for (std::uint64_t key = 1; key <= 8; ++key) EXPECT_EQ(map->get(key), key * 2);
    for (std::uint64_t key = 9; key <= 20; ++key) EXPECT_EQ(map->get(key), 0u);
}

TEST(Mix, KeepsNeighboursApart) {
    std::set<std::uint64_t> hashes;
    for (std::uint64_t a = 0; a < 100; ++a) {
        for (std::uint64_t b = 0; b < 100; ++b) hashes.insert(mix(mix(1, a), b));
    }
    EXPECT_EQ(hashes.size(), 10000u);
}

}  // namespace
}  // namespace plimsoll::ttmetal
