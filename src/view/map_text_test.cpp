#include "view/map_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "view/map_words.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

using findings::MapHolder;
using findings::MemoryMap;
using testing::HasSubstr;

MemoryMap two_holders() {
    MemoryMap map;
    map.region = Region::l1;
    map.devices = {0};
    map.bank = findings::Extent{1000, 1720};
    map.rest_is_free = true;
    map.lanes = {{"buffers", false, {{{1000, 1100}, 0, 1}, {{1100, 1300}, 1, 4}}}};
    map.holders = {{'A', Owner::user, "1 buffer, model.py:10", 100, 1000},
                   {'B', Owner::user, "4 buffers, model.py:11", 200, 1100}};
    return map;
}

MemoryMap with_program(std::uint64_t end) {
    MemoryMap map = two_holders();
    map.lanes = {{"softmax", true, {{{1000, end}, 0, 1}}},
                 {"buffers", false, {{{1400, 1720}, 1, 1}}}};
    return map;
}

std::string text_of(const MemoryMap& map, Glyphs glyphs = Glyphs::ascii) {
    Page page({});
    print_map(page, map, glyphs);
    print_pieces(page, map);
    return std::move(page).text();
}

TEST(MapText, DrawsLettersFromTheLowestAddressToTheHighest) {
    EXPECT_THAT(text_of(two_holders()),
                HasSubstr("    1000 |" + std::string(10, 'A') + std::string(20, 'B') +
                          std::string(42, '.') + "| 1720\n"));
}

TEST(MapText, PutsEachLetterIntoItsBlock) {
    const std::string text = text_of(two_holders(), Glyphs::blocks);
    EXPECT_THAT(text, HasSubstr("│████A█████▓▓▓▓▓▓▓▓▓B▓▓▓▓▓▓▓▓▓▓···"));
}

TEST(MapText, SaysWhatIsFreeAndWhoTheLettersAre) {
    const std::string text = text_of(two_holders());
    EXPECT_THAT(text, HasSubstr("L1 of each core, device 0: 1000 .. 1720, 720 B"));
    EXPECT_THAT(text, HasSubstr("free: 420 B in 1 piece, the largest 420 B at 1300"));
    EXPECT_THAT(text, HasSubstr("A      100   user    1 buffer, model.py:10"));
    EXPECT_THAT(text, HasSubstr("B   1100   1300     200   4 x 50 B"));
    EXPECT_THAT(text, HasSubstr(".   1300   1720     420   free"));
}

TEST(MapText, SaysWhenBuffersLieOverEachOther) {
    MemoryMap map = two_holders();
    EXPECT_THAT(text_of(map), Not(HasSubstr("over each other")));
    map.lanes[0].spans[1].extent.begin = 1099;
    EXPECT_THAT(text_of(map), HasSubstr("some lie over each other"));
}

TEST(MapText, GivesTheGapBetweenAProgramAndTheBuffers) {
    EXPECT_THAT(
        text_of(with_program(1300)),
        HasSubstr("gap: 100 B between the program's end, 1300, and the lowest buffer, 1400"));
}

TEST(MapText, GivesTheOverlapOfAClash) {
    MemoryMap map = with_program(1500);
    EXPECT_THAT(text_of(map), HasSubstr("overlap: 100 B"));
    map.rest_is_free = false;
    EXPECT_THAT(text_of(map), Not(HasSubstr("overlap"))) << "they were not there at one moment";
}

TEST(MapText, SaysHowFarAProgramReachesBeyondTheMemory) {
    EXPECT_THAT(text_of(with_program(1900)),
                HasSubstr("beyond the memory: 180 B, it ends at 1720"));
}

TEST(MapText, DrawsAnEmptyBank) {
    MemoryMap map = two_holders();
    map.lanes.clear();
    map.holders.clear();
    EXPECT_THAT(text_of(map), HasSubstr("|" + std::string(72, '.') + "|"));
}

TEST(MapText, PointsAtWhatLiesOverEachOther) {
    const std::string text = text_of(with_program(1500));
    EXPECT_THAT(text,
                HasSubstr("\n    overlap" + std::string(48, ' ') + std::string(10, '^') + "\n"));
    EXPECT_THAT(text_of(with_program(1900)), testing::ContainsRegex("\n    beyond  +\\^+\n"));
    EXPECT_THAT(text_of(two_holders()), Not(HasSubstr("^")));
}

TEST(MapText, DrawsSmallPiecesOnceMoreFromNearer) {
    MemoryMap map = two_holders();
    map.bank = findings::Extent{1000, 1000000};
    EXPECT_THAT(text_of(map), HasSubstr("    closer:\n    1000 |" + std::string(24, 'A') +
                                        std::string(48, 'B') + "| 1300\n"));
    map.lanes[0].spans.pop_back();
    EXPECT_THAT(text_of(map), Not(HasSubstr("closer")));
}

TEST(MapText, GivesManyPiecesSeveralRows) {
    MemoryMap map = two_holders();
    map.lanes[0].spans.clear();
    for (std::uint64_t i = 0; i < 36; ++i) {
        map.lanes[0].spans.push_back({{1000 + 20 * i, 1010 + 20 * i}, i % 2, 1});
    }
    const std::string text = text_of(map);
    EXPECT_THAT(text, HasSubstr("    1000 |AA..BB..AA..BB..AA.."));
    EXPECT_THAT(text, HasSubstr("    1360 |"));
}

TEST(MapText, IsNeverWiderThanThePage) {
    MemoryMap map = with_program(1500);
    map.bank = findings::Extent{0, UINT64_MAX};
    map.lanes[0].name = std::string(200, 'x') + "\x1b[2J";
    map.lanes[1].spans.push_back({{UINT64_MAX - 1, UINT64_MAX}, 1, 1});
    map.holders[0].name = std::string(300, 'y');
    for (const Glyphs glyphs : {Glyphs::ascii, Glyphs::blocks}) {
        EXPECT_THAT(text_of(map, glyphs),
                    HasSubstr(glyphs == Glyphs::ascii ? "| 18446744073709551615\n"
                                                      : "│ 18446744073709551615\n"));
        std::istringstream lines(text_of(map, glyphs));
        for (std::string line; std::getline(lines, line);) {
            EXPECT_LE(display_width(line), kColumns) << line;
            EXPECT_EQ(printable(line), line);
        }
    }
}

}  // namespace
}  // namespace plimsoll::view
