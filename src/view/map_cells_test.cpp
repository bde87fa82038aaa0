#include "view/map_cells.hpp"

#include <gtest/gtest.h>

namespace plimsoll::view {
namespace {

using findings::MapLane;
using findings::MemoryMap;

MemoryMap bank(std::uint64_t begin, std::uint64_t end, std::vector<findings::MapSpan> spans) {
    MemoryMap map;
    map.bank = findings::Extent{begin, end};
    map.lanes = {{"buffers", false, std::move(spans)}};
    return map;
}

std::string drawn(const MemoryMap& map, std::size_t columns) {
    std::string text;
    for (const Cell& cell :
         cells_of(map.lanes.at(0).spans, findings::reach(map), map.bank, columns)) {
        switch (cell.fill) {
            case Fill::outside:
                text += ' ';
                break;
            case Fill::empty:
                text += '.';
                break;
            case Fill::partly:
                text += static_cast<char>('a' + cell.holder);
                break;
            case Fill::mostly:
                text += static_cast<char>('A' + cell.holder);
                break;
        }
    }
    return text;
}

TEST(MapCells, ShowWhoHasTheMostOfEach) {
    EXPECT_EQ(drawn(bank(100, 200, {{{100, 120}, 0, 1}, {{150, 165}, 1, 1}}), 10), "AA...BB...");
    EXPECT_EQ(drawn(bank(100, 200, {{{100, 104}, 0, 1}, {{104, 110}, 1, 1}}), 10), "B.........");
}

TEST(MapCells, NeverHideASmallSpan) {
    EXPECT_EQ(drawn(bank(0, 1000000, {{{500000, 500001}, 2, 1}}), 10), ".....c....");
}

TEST(MapCells, ShowWhatIsBeyondTheBank) {
    const MemoryMap map = bank(0, 50, {{{0, 100}, 0, 1}});
    EXPECT_EQ(drawn(map, 10), "AAAAAAAAAA");
    const auto cells = cells_of({{{0, 10}, 1, 1}}, {0, 100}, map.bank, 10);
    EXPECT_EQ(cells.at(4).fill, Fill::empty);
    EXPECT_EQ(cells.at(5).fill, Fill::outside);
}

TEST(MapCells, ShowTheWindowAlone) {
    const auto cells = cells_of({{{0, 40}, 0, 1}, {{60, 100}, 1, 1}}, {30, 50}, {}, 2);
    EXPECT_EQ(cells, (std::vector<Cell>{{Fill::mostly, 0}, {Fill::empty, 0}}));
}

TEST(MapCells, AreNeverMoreThanBytes) {
    EXPECT_EQ(drawn(bank(7, 10, {{{8, 9}, 0, 1}}), 72), ".A.");
    EXPECT_EQ(drawn(bank(7, 7, {}), 72), "");
}

TEST(MapCells, CoverAllAddressesThereAre) {
    const MemoryMap map =
        bank(0, UINT64_MAX, {{{0, 1}, 0, 1}, {{UINT64_MAX - 1, UINT64_MAX}, 1, 1}});
    EXPECT_EQ(drawn(map, 4), "a..b");
    EXPECT_EQ(begin_of_cell(*map.bank, 4, 4), UINT64_MAX);
}

TEST(MapCells, TakeSpansThatLieOverEachOther) {
    EXPECT_EQ(drawn(bank(0, 100, {{{0, 50}, 0, 1}, {{0, 40}, 0, 1}, {{0, 100}, 1, 1}}), 10),
              "AAAAABBBBB");
}

}  // namespace
}  // namespace plimsoll::view
