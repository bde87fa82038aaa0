#include "findings/releases.hpp"

#include <gtest/gtest.h>

namespace plimsoll::findings {
namespace {

TEST(Releases, ReadsTheVersionOfATtnnPackage) {
    EXPECT_EQ(ttnn_version("ttnn 0.66.0"), (Version{0, 66, 0}));
    EXPECT_EQ(ttnn_version("ttnn 0.81.1rc3"), (Version{0, 81, 1}));
}

TEST(Releases, KnowsNothingAboutOtherTexts) {
    for (const char* text : {"", "ttnn", "ttnn ", "ttnn 1", "ttnn 1.2.", "ttnn x.1.2", "tt 0.1.2",
                             "ttnn 99999999999.1.1"}) {
        EXPECT_FALSE(ttnn_version(text)) << text;
    }
}

TEST(Releases, TheFirstReleaseThatReportsFreesIsAfterTheOnesThatDoNot) {
    EXPECT_LT(*ttnn_version("ttnn 0.69.0"), kReportsFreedCircularBuffers);
    EXPECT_EQ(ttnn_version(kReportsFreedCircularBuffersText), kReportsFreedCircularBuffers);
}

}  // namespace
}  // namespace plimsoll::findings
