#include "top/screen.hpp"

#include <gtest/gtest.h>

#include "view/text.hpp"

namespace plimsoll::top {
namespace {

TEST(Screen, ALineFitsAndASelectedOneFillsItsRow) {
    EXPECT_EQ(text_of(fitted({{"abc"}, {"defghijk"}}, 9)), "abcdef...");
    EXPECT_EQ(text_of(fitted({{"ab", Ink::selected}}, 5)), "ab   ");
    EXPECT_EQ(text_of(fitted({{"a\x1b[2J"}}, 10)), "a?[2J");
}

TEST(Screen, ABarIsAsFullAsItsShareAndNeverEmptyWhenThereIsSomething) {
    EXPECT_EQ(text_of(bar(0, 100, 4)), "░░░░");
    EXPECT_EQ(text_of(bar(1, 1000, 4)), "█░░░");
    EXPECT_EQ(text_of(bar(50, 100, 4)), "██░░");
    EXPECT_EQ(text_of(bar(500, 100, 4)), "████");
    EXPECT_EQ(text_of(bar(5, 0, 4)), "    ");
    EXPECT_EQ(bar(50, 100, 4)[0].ink, Ink::good);
    EXPECT_EQ(bar(80, 100, 4)[0].ink, Ink::warm);
    EXPECT_EQ(bar(90, 100, 4)[0].ink, Ink::hot);
}

TEST(Screen, AGraphShowsTheLastValues) {
    EXPECT_EQ(graph({}, 3), "   ");
    EXPECT_EQ(graph({0, 0}, 3), "   ");
    EXPECT_EQ(graph({9, 1, 4, 8}, 3), "▁▄█");
}

TEST(Screen, AWindowKeepsTheSelectedLineInSight) {
    for (std::size_t selected = 0; selected < 100; ++selected) {
        const Window window = Window::of(selected, 100, 7);
        EXPECT_EQ(window.count, 7u);
        EXPECT_LE(window.first, selected);
        EXPECT_LT(selected, window.first + window.count);
        EXPECT_LE(window.first + window.count, 100u);
    }
    EXPECT_EQ(Window::of(2, 3, 7).count, 3u);
}

}  // namespace
}  // namespace plimsoll::top
