#include "collect/stack_frames.hpp"

#include <gtest/gtest.h>

namespace plimsoll::collect {
namespace {

std::vector<std::string> files(std::string_view text) {
    std::vector<std::string> files;
    for (const ledger::Frame& frame : stack_frames(text)) files.push_back(frame.file);
    return files;
}

TEST(StackFrames, AreOnePerNumberInnermostFirst) {
    EXPECT_EQ(files("/lib/a.so+0x12+0x34\n/b+0x5"),
              (std::vector<std::string>{"/lib/a.so+0x12", "/lib/a.so+0x34", "/b+0x5"}));
    EXPECT_EQ(files("/c++/a+b.so+0xf"), std::vector<std::string>{"/c++/a+b.so+0xf"});
}

TEST(StackFrames, AreNoneOfWhatIsNoNumber) {
    for (const char* text :
         {"", "\n\n", "/a", "/a+0x", "/a+0xg", "/a+0x11112222333344445", "+0x"}) {
        EXPECT_TRUE(stack_frames(text).empty()) << text;
    }
}

TEST(StackFrames, EndAtTheLimit) {
    std::string text = "/a";
    for (int i = 0; i < 1000; ++i) text += "+0x1";
    EXPECT_EQ(stack_frames(text).size(), 64u);
}

}  // namespace
}  // namespace plimsoll::collect
