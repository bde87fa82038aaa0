#include "agents/ttmetal/device_table.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

const Device* device(std::uintptr_t value) { return reinterpret_cast<const Device*>(value); }

DeviceFacts facts(plimsoll_devices set) {
    DeviceFacts made;
    made.set = set;
    made.chips = set * 2;
    return made;
}

TEST(DeviceTable, KnowsADeviceUntilItIsClosed) {
    auto table = std::make_unique<DeviceTable>();
    DeviceFacts found;
    EXPECT_FALSE(table->find(device(0x5000), &found));
    ASSERT_TRUE(table->put(device(0x5000), facts(3)));
    ASSERT_TRUE(table->find(device(0x5000), &found));
    EXPECT_EQ(found.set, 3u);
    EXPECT_EQ(found.chips, 6u);
    table->remove(device(0x5000));
    EXPECT_FALSE(table->find(device(0x5000), &found));
}

TEST(DeviceTable, NeverKnowsTheNullPointer) {
    auto table = std::make_unique<DeviceTable>();
    DeviceFacts found;
    EXPECT_FALSE(table->find(nullptr, &found));
}

TEST(DeviceTable, RegistersAnewAnAddressThatIsUsedAgain) {
    auto table = std::make_unique<DeviceTable>();
    DeviceFacts found;
    for (plimsoll_devices generation = 1; generation < 100000; ++generation) {
        // Meshes come and go at ever new addresses; the table does not fill up with closed ones.
        const Device* mesh = device(0x5000 + (generation % 5000) * 64);
        ASSERT_TRUE(table->put(mesh, facts(generation)));
        ASSERT_TRUE(table->find(mesh, &found));
        ASSERT_EQ(found.set, generation);
        table->remove(mesh);
    }
}

TEST(DeviceTable, TakesOutADeviceThatTwoThreadsPutAtOnce) {
    auto table = std::make_unique<DeviceTable>();
    table->put(device(0x5000), facts(3));
    table->put(device(0x5000), facts(3));
    table->remove(device(0x5000));
    DeviceFacts found;
    EXPECT_FALSE(table->find(device(0x5000), &found));
}

TEST(DeviceTable, HoldsAsManyDevicesAsTheClientDoes) {
    auto table = std::make_unique<DeviceTable>();
    for (std::uintptr_t i = 1; i <= 511; ++i) {
        ASSERT_TRUE(table->put(device(i * 7200), facts(static_cast<plimsoll_devices>(i))));
    }
    DeviceFacts found;
    for (std::uintptr_t i = 1; i <= 511; ++i) {
        ASSERT_TRUE(table->find(device(i * 7200), &found));
        EXPECT_EQ(found.set, i);
    }
}

TEST(DeviceTable, NeverMixesTwoDevicesThatTakeEachOthersPlace) {
    auto table = std::make_unique<DeviceTable>();
    std::thread writer([&] {
        for (plimsoll_devices round = 1; round < 20000; ++round) {
            const Device* mesh = device(0x5000 + (round % 3) * 64);
            table->put(mesh, facts(round));
            table->remove(mesh);
        }
    });
    for (int round = 0; round < 20000; ++round) {
        DeviceFacts found;
        if (table->find(device(0x5000), &found)) {
            EXPECT_EQ(found.set % 3, 0u);
        }
    }
    writer.join();
}

}  // namespace
}  // namespace plimsoll::ttmetal
