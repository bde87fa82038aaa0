#include "base/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace plimsoll {
namespace {

TEST(Result, HoldsAMoveOnlyValue) {
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    ASSERT_TRUE(result);
    EXPECT_EQ(*std::move(result).value(), 7);
}

TEST(Result, HoldsAnErrorWithItsNumber) {
    const Result<int> result(Error{"the table is full", 42});
    ASSERT_FALSE(result);
    EXPECT_STREQ(result.error().text, "the table is full");
    EXPECT_EQ(result.error().number, 42);
}

TEST(ResultDeathTest, AbortsWhenAnErrorIsTakenForAValue) {
    const Result<int> result(Error{"no", 0});
    EXPECT_DEATH((void)result.value(), "");
}

}  // namespace
}  // namespace plimsoll
