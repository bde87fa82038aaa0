#include "agents/ttmetal/stack_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::ttmetal {
namespace {

std::string text_of(const StackText& text) { return {text.bytes(), text.size()}; }

TEST(StackText, HasALineForEachFile) {
    StackText text;
    EXPECT_TRUE(text.is_empty());
    text.add("/lib/a.so", 0x12);
    text.add("/lib/a.so", 0);
    text.add("/b", ~std::uintptr_t{0});
    text.add("/lib/a.so", 0x3f0);
    EXPECT_EQ(text_of(text), "/lib/a.so+0x12+0x0\n/b+0xffffffffffffffff\n/lib/a.so+0x3f0");
}

TEST(StackText, LeavesOutWhatDoesNotFitAndAllBehindIt) {
    StackText text;
    text.add("/a", 1);
    const std::string long_path(4000, 'x');
    text.add(long_path.c_str(), 2);
    text.add("/a", 3);
    EXPECT_EQ(text_of(text), "/a+0x1");
}

TEST(StackText, NeverGrowsBeyondItsLimit) {
    StackText text;
    for (int i = 0; i < 10000; ++i) text.add("/a", 0x123456);
    EXPECT_LE(text.size(), 2048u);
    EXPECT_EQ(text_of(text).substr(text.size() - 9), "+0x123456");
}

}  // namespace
}  // namespace plimsoll::ttmetal
