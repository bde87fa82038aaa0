#include "ledger/held.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace plimsoll::ledger {
namespace {

// The largest of everything that a segment may say.
Allocation utmost() {
    Allocation one;
    one.id = {std::uint64_t{1} << 55};
    one.kind = Kind::reservation;
    one.region = Region::system;
    one.owner = Owner::runtime;
    one.program = {0xffff};
    one.set = {255};
    one.cores = {0xffffffff};
    one.call_site = {0xffffffff};
    one.banks = 0xffff;
    one.address = std::numeric_limits<std::uint64_t>::max() - 10;
    one.bytes = std::numeric_limits<std::uint64_t>::max();
    one.bytes_per_bank = std::numeric_limits<std::uint64_t>::max();
    return one;
}

TEST(HeldTable, GivesBackWhatWasCounted) {
    const Allocation one = utmost();
    Footprint footprint = footprint_of({}, one);
    footprint.portion = 0xffff;
    HeldTable table;
    ASSERT_TRUE(
        table.insert(one, {footprint, {2048, 256, one.bytes * 256, footprint.bytes * 256}}));
    EXPECT_FALSE(table.insert(one, {footprint, {}}));
    EXPECT_EQ(table.size(), 1u);
    const std::optional<Held> held = table.take(one.id);
    ASSERT_TRUE(held);
    const Footprint& back = held->footprint;
    EXPECT_EQ(back.id, footprint.id);
    EXPECT_EQ(back.program, footprint.program);
    EXPECT_EQ(back.set, footprint.set);
    EXPECT_EQ(back.cores, footprint.cores);
    EXPECT_EQ(back.region, footprint.region);
    EXPECT_EQ(back.kind, footprint.kind);
    EXPECT_EQ(back.bytes, footprint.bytes);
    EXPECT_EQ(back.interval.begin, footprint.interval.begin);
    EXPECT_EQ(back.interval.end, footprint.interval.end);
    EXPECT_EQ(back.owner, footprint.owner);
    EXPECT_EQ(back.call_site, footprint.call_site);
    EXPECT_EQ(back.portion, footprint.portion);
    EXPECT_EQ(held->share.group, 2048u);
    EXPECT_EQ(held->share.devices, 256u);
    EXPECT_EQ(held->share.bytes, one.bytes * 256);
    EXPECT_EQ(held->share.occupied, footprint.bytes * 256);
    EXPECT_FALSE(table.take(one.id));
}

TEST(HeldTable, KnowsWhatTakesNoPartInTheFigures) {
    Allocation one = utmost();
    one.region = Region::l1;
    one.kind = Kind::circular_buffer;
    Footprint footprint = footprint_of({}, one);
    ASSERT_TRUE(footprint.shared);
    footprint.bytes = 0;  // left out
    HeldTable table;
    table.insert(one, {footprint, {}});
    const std::optional<Held> held = table.take(one.id);
    ASSERT_TRUE(held);
    EXPECT_EQ(held->footprint.bytes, 0u);
    EXPECT_TRUE(held->footprint.shared);
}

TEST(HeldTable, VisitsWhatIsThere) {
    HeldTable table;
    Allocation one = utmost();
    for (std::uint64_t id = 1; id <= 5000; ++id) {
        one.id = {id};
        table.insert(one, {footprint_of({}, one), {}});
    }
    for (std::uint64_t id = 1; id <= 5000; ++id) {
        if (id % 5 != 0) {
            EXPECT_TRUE(table.take({id}));
        }
    }
    std::uint64_t sum = 0;
    table.for_each([&](const Held& held) { sum += held.footprint.id.value; });
    EXPECT_EQ(sum, 5u * 1000 * 1001 / 2);
}

}  // namespace
}  // namespace plimsoll::ledger
