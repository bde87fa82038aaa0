#include "view/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::view {
namespace {

using testing::ElementsAre;

TEST(Text, PrintableReplacesWhatMovesTheCursorOrHidesText) {
    EXPECT_EQ(printable("a\x1b[2Jb\n\x7f"), "a?[2Jb??");
    EXPECT_EQ(printable("\u202eabc\u200b"), "?abc?");
    EXPECT_EQ(printable("\u0085"), "?") << "C1";
    EXPECT_EQ(printable("模型 é 📊"), "模型 é 📊");
}

TEST(Text, PrintableReplacesBytesThatAreNotUtf8) {
    EXPECT_EQ(printable("\xff\xc3"), "??");
    EXPECT_EQ(printable("\xc0\x80"), "??") << "overlong";
    EXPECT_EQ(printable("\xed\xa0\x80"), "???") << "surrogate";
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "????") << "beyond Unicode";
    EXPECT_EQ(printable("\xe6\xa8"), "??") << "cut";
}

TEST(Text, WidthIsWhatATerminalShows) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("≥ 10"), 4u);
    EXPECT_EQ(display_width("模型"), 4u);
    EXPECT_EQ(display_width("e\u0301"), 1u);
    EXPECT_EQ(display_width("📊"), 2u);
}

TEST(Text, CutsAndPadsByWidth) {
    EXPECT_EQ(cut("abcdef", 6), "abcdef");
    EXPECT_EQ(cut("abcdefg", 6), "abc...");
    EXPECT_EQ(cut("模型模型", 6), "模...") << "half a character is not printed";
    EXPECT_EQ(cut("abcdef", 2), "ab");
    EXPECT_EQ(pad_left("≥ 1", 5), "  ≥ 1");
    EXPECT_EQ(pad_right("模", 3), "模 ");
}

TEST(Text, WrapsAtSpacesAndBreaksWordsThatDoNotFit) {
    EXPECT_THAT(wrap("one two three", 8), ElementsAre("one two", "three"));
    EXPECT_THAT(wrap("abcdefgh", 3), ElementsAre("abc", "def", "gh"));
    EXPECT_THAT(wrap("abc def", 3), ElementsAre("abc", "def"));
    EXPECT_THAT(wrap("  indented text", 10), ElementsAre("  indented", "text"));
    EXPECT_THAT(wrap("", 5), ElementsAre(""));
    EXPECT_THAT(wrap("模型", 1), testing::SizeIs(testing::Ge(2u))) << "ends, whatever the width";
}

}  // namespace
}  // namespace plimsoll::view
