#include "client/free_list.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

namespace plimsoll::client {
namespace {

struct Entries {
    std::vector<std::uint32_t> next;
    std::uint32_t used = 0;
    FreeList list;

    Entries(std::uint32_t first, std::uint32_t limit) : next(limit) {
        list.reset(next.data(), &used, first, limit);
    }
};

TEST(FreeList, HandsOutEveryEntryOnceAndThenNone) {
    Entries entries(1, 4);
    EXPECT_EQ(entries.list.take(), 1u);
    EXPECT_EQ(entries.list.take(), 2u);
    EXPECT_EQ(entries.list.take(), 3u);
    EXPECT_EQ(entries.list.take(), FreeList::kNone);
    EXPECT_EQ(entries.used, 4u);
}

TEST(FreeList, WhatCameBackGoesOutFirst) {
    Entries entries(0, 100);
    for (int i = 0; i < 3; ++i) entries.list.take();
    entries.list.give_back(0);
    entries.list.give_back(2);
    EXPECT_EQ(entries.list.take(), 2u);
    EXPECT_EQ(entries.list.take(), 0u);
    EXPECT_EQ(entries.list.take(), 3u);
}

TEST(FreeList, NoEntryIsEverHeldTwice) {
    // So few entries that the head leaves and comes back under a thread's eyes all the time.
    constexpr std::uint32_t kEntries = 3;
    constexpr int kThreads = 4;
    constexpr int kRounds = 50'000;
    Entries entries(0, kEntries);
    std::atomic<int> holders[kEntries] = {};
    std::atomic<int> doubly_held = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < kRounds; ++i) {
                const std::uint32_t first = entries.list.take();
                const std::uint32_t second = entries.list.take();
                for (const std::uint32_t held : {first, second}) {
                    if (held == FreeList::kNone) continue;
                    if (holders[held].fetch_add(1) != 0) ++doubly_held;
                }
                for (const std::uint32_t held : {first, second}) {
                    if (held == FreeList::kNone) continue;
                    holders[held].fetch_sub(1);
                    entries.list.give_back(held);
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(doubly_held.load(), 0);
    std::uint32_t left = 0;
    while (entries.list.take() != FreeList::kNone) ++left;
    EXPECT_EQ(left, kEntries);
}

}  // namespace
}  // namespace plimsoll::client
