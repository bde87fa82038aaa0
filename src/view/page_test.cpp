#include "view/page.hpp"

#include <gtest/gtest.h>

#include "view/table.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

TEST(Page, CutsWhatIsTooWideAndDropsTrailingSpaces) {
    Page page({});
    page.line(std::string(200, 'x'));
    page.line("a  ");
    const std::string text = std::move(page).text();
    EXPECT_EQ(text, std::string(97, 'x') + "...\na\n");
}

TEST(Page, ColoursOnlyWhenAsked) {
    Page plain({}), coloured({Colour::on});
    for (Page* page : {&plain, &coloured}) page->line("error", Look::error, "  rest");
    EXPECT_EQ(std::move(plain).text(), "error  rest\n");
    EXPECT_EQ(std::move(coloured).text(), "\x1b[1;31merror\x1b[0m  rest\n");
}

TEST(Page, IndentsTheLinesOfAParagraphAfterTheFirst) {
    Page page({});
    page.paragraph("label " + std::string(80, 'a') + " " + std::string(80, 'b'), 6);
    EXPECT_EQ(std::move(page).text(),
              "label " + std::string(80, 'a') + "\n      " + std::string(80, 'b') + "\n");
}

TEST(Page, NeverLeavesTwoBlankLines) {
    Page page({});
    page.line("a");
    page.blank();
    page.blank();
    page.line("b");
    EXPECT_EQ(std::move(page).text(), "a\n\nb\n");
}

TEST(Table, AlignsByDisplayWidthAndWrapsTheLastColumn) {
    Page page({});
    Table table({Align::left, Align::right, Align::left});
    table.add({"who", "size", "why"});
    table.add({"模型", "≥ 1 B", std::string(80, 'a') + " " + std::string(20, 'b')});
    table.print(page, 2);
    EXPECT_EQ(std::move(page).text(), "  who     size   why\n  模型   ≥ 1 B   " +
                                          std::string(80, 'a') + "\n" + std::string(17, ' ') +
                                          std::string(20, 'b') + "\n");
}

}  // namespace
}  // namespace plimsoll::view
