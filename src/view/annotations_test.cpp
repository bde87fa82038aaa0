#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "view/check_text.hpp"
#include "view/test_outcome.hpp"

namespace plimsoll::view {
namespace {

using testing::HasSubstr;

TEST(Annotations, NameFileAndLineAsTheyAreInTheCheckout) {
    const TestOutcome one("/project/checkout/src/model.py", "forward");
    const std::string text = github_annotations(one.outcome(), "/project/checkout/");
    EXPECT_THAT(text, HasSubstr("::error file=src/model.py,line=12,title=plimsoll%3A left-at-exit"
                                "::2 buffers in DRAM, 8192 B: owner user, "));
    EXPECT_THAT(text, HasSubstr("\n::error title=plimsoll%3A limit of dram::the peak of dram"));
    EXPECT_THAT(github_annotations(one.outcome(), "/elsewhere/"),
                HasSubstr("file=/project/checkout/src/model.py,"));
}

TEST(Annotations, NothingAProgramIsCalledBeginsOne) {
    const TestOutcome one("/a,b:c%\n::error::x.py", "f\r\n::stop");
    const std::string text = github_annotations(one.outcome(), "");
    EXPECT_EQ(text.find("::error file=/a%2Cb%3Ac%25?%3A%3Aerror%3A%3Ax.py,line=12,"), 0u) << text;
    EXPECT_EQ(text.find("\n::stop"), std::string::npos);
}

TEST(Annotations, WhatIsAcceptedHasNone) {
    TestOutcome one("/src/model.py", "forward");
    one.verdict.concerns[0].standing = gate::Standing::accepted;
    one.verdict.excesses.clear();
    EXPECT_EQ(github_annotations(one.outcome(), ""), "");
}

}  // namespace
}  // namespace plimsoll::view
