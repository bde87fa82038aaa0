#include "machines/mock_release.hpp"

#include <gtest/gtest.h>

namespace plimsoll::machines {
namespace {

TEST(MockRelease, ThoseThatCrashNeedTheMockRuntime) {
    for (const char* version : {"0.67.4", "0.68.0", "0.69.0", "0.70.1", "0.73.1", "0.74.0.dev1"}) {
        EXPECT_TRUE(needs_mock_runtime(version)) << version;
    }
}

TEST(MockRelease, OthersDoNot) {
    for (const char* version : {"0.66.0", "0.75.0", "0.81.1", "1.70.0", "unknown", ""}) {
        EXPECT_FALSE(needs_mock_runtime(version)) << version;
    }
}

}  // namespace
}  // namespace plimsoll::machines
