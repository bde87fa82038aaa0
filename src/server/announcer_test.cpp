#include "server/announcer.hpp"

#include <gtest/gtest.h>

namespace plimsoll::server {
namespace {

using namespace std::chrono_literals;

TEST(Announcer, PrintsChangesAtMostOnceASecondAndAllElseEveryTen) {
    Announcer announcer;
    const Announcer::Time start{1000s};
    EXPECT_TRUE(announcer.may_print(start));
    EXPECT_TRUE(announcer.is_due("a", start));
    EXPECT_FALSE(announcer.may_print(start + 999ms));
    EXPECT_FALSE(announcer.is_due("a", start + 1s));
    EXPECT_FALSE(announcer.is_due("b", start + 999ms));
    EXPECT_TRUE(announcer.is_due("b", start + 1s));
    EXPECT_FALSE(announcer.is_due("b", start + 10s));
    EXPECT_TRUE(announcer.is_due("b", start + 11s));
}

}  // namespace
}  // namespace plimsoll::server
