#include "agents/ttmetal/pointer_map.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <memory>
#include <random>
#include <thread>
#include <unordered_map>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

const void* pointer(std::uintptr_t value) { return reinterpret_cast<const void*>(value); }

template <std::size_t kBuckets>
std::unique_ptr<PointerMap<kBuckets>> make() {
    return std::make_unique<PointerMap<kBuckets>>();
}

TEST(PointerMap, TakesOutWhatWasPutInOnce) {
    auto map = make<16>();
    EXPECT_EQ(map->take(pointer(0x1000)), 0u);
    EXPECT_TRUE(map->put(pointer(0x1000), 7));
    EXPECT_EQ(map->get(pointer(0x1000)), 7u);
    EXPECT_EQ(map->take(pointer(0x1000)), 7u);
    EXPECT_EQ(map->take(pointer(0x1000)), 0u);
}

TEST(PointerMap, ReplacesTheValueOfAKeyWhoseObjectDiedUnseen) {
    auto map = make<16>();
    map->put(pointer(0x1000), 7);
    map->put(pointer(0x1000), 8);
    EXPECT_EQ(map->take(pointer(0x1000)), 8u);
    EXPECT_EQ(map->take(pointer(0x1000)), 0u);
}

TEST(PointerMap, FindsKeysThatWentToTheNextBucketAfterTheirOwnHasRoomAgain) {
    auto map = make<16>();
    for (std::uintptr_t i = 0; i < 10; ++i) map->put(pointer(0x10 + i * 16), i + 1);
    EXPECT_EQ(map->take(pointer(0x10)), 1u);
    EXPECT_EQ(map->take(pointer(0x10 + 9 * 16)), 10u);
    EXPECT_EQ(map->get(pointer(0x10 + 8 * 16)), 9u);
}

TEST(PointerMap, SaysSoWhenItIsFull) {
    auto map = make<2>();
    std::uintptr_t put = 0;
    while (map->put(pointer((put + 1) * 512), put + 1)) ++put;
    EXPECT_EQ(put, PointerMap<2>::kCapacity);
    for (std::uintptr_t i = 0; i < put; ++i) EXPECT_EQ(map->take(pointer((i + 1) * 512)), i + 1);
    EXPECT_TRUE(map->put(pointer(0x777000), 1));
}

TEST(PointerMap, AgreesWithAnOrdinaryMapOverRandomUse) {
    auto map = make<128>();
    std::unordered_map<std::uintptr_t, std::uint64_t> model;
    std::mt19937 random(1);
    for (std::uint64_t step = 1; step < 200000; ++step) {
        const std::uintptr_t key = 0x7f0000000000u + (random() % 300) * 592;
        if (random() % 2 == 0) {
            ASSERT_TRUE(map->put(pointer(key), step));
            model[key] = step;
        } else {
            const auto known = model.find(key);
            ASSERT_EQ(map->take(pointer(key)), known == model.end() ? 0 : known->second);
            if (known != model.end()) model.erase(known);
        }
    }
}

long page_faults() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

TEST(PointerMap, TouchesOnlyItsSmallTableWhenObjectsComeAndGoAtEverNewAddresses) {
    static PointerMap<262144> map;
    constexpr long kPages = 262144 * 64 / 4096;  // of its small table: a 64th
    const long before = page_faults();
    std::uintptr_t failures = 0;
    for (std::uintptr_t i = 1; i < 1000000; ++i) {
        const void* key = pointer(0x55550000u + i * 272);
        if (!map.put(key, i)) ++failures;
        // A hundred of them are alive.
        if (i > 100 && map.take(pointer(0x55550000u + (i - 100) * 272)) != i - 100) ++failures;
    }
    EXPECT_EQ(failures, 0u);
    // Sanitizers touch some twenty of their own for each.
    EXPECT_LE(page_faults() - before, kPages / 2);
}

TEST(PointerMap, TakesMoreThanItsSmallTableHolds) {
    auto map = make<256>();
    for (std::uintptr_t i = 1; i <= 400; ++i) ASSERT_TRUE(map->put(pointer(i * 592), i));
    for (std::uintptr_t i = 1; i <= 400; ++i) ASSERT_EQ(map->take(pointer(i * 592)), i);
    for (std::uintptr_t i = 1; i <= 400; ++i) ASSERT_EQ(map->get(pointer(i * 592)), 0u);
}

TEST(PointerMap, KeepsTheKeysOfManyThreadsApart) {
    auto map = make<256>();
    std::vector<std::thread> threads;
    for (std::uintptr_t thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&map, thread] {
            for (std::uint64_t round = 1; round <= 3000; ++round) {
                for (std::uintptr_t i = 0; i < 40; ++i) {
                    // The four threads' keys lie in the same buckets.
                    ASSERT_TRUE(map->put(pointer(0x10000 + i * 64 + thread * 16), round * 50 + i));
                }
                for (std::uintptr_t i = 0; i < 40; ++i) {
                    ASSERT_EQ(map->take(pointer(0x10000 + i * 64 + thread * 16)), round * 50 + i);
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace plimsoll::ttmetal
