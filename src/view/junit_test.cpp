#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "view/check_text.hpp"
#include "view/test_outcome.hpp"

namespace plimsoll::view {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Junit, HasACaseForTheCommandForEachCodeAndForEachLimit) {
    const TestOutcome one("/src/model.py", "forward");
    const std::string xml = junit_xml(one.outcome(), {{Region::dram, 2000}, {Region::l1, 1}});
    EXPECT_THAT(xml, HasSubstr(R"(tests="14" failures="2" skipped="0")"));
    EXPECT_THAT(xml, HasSubstr("name=\"out-of-memory\" time=\"0\"/>"));
    EXPECT_THAT(xml, HasSubstr("name=\"peak of l1\" time=\"0\"/>"));
    EXPECT_THAT(xml, HasSubstr("2 buffers in DRAM, 8192 B: owner user, ttnn.add at model.py:12 in "
                               "forward"));
    EXPECT_THAT(xml, HasSubstr("3000 B, is 1000 B above the limit of 2000 B"));
}

TEST(Junit, ACommandThatFailedIsACaseThatFailed) {
    TestOutcome one("/src/model.py", "forward");
    one.report.exit_code = 3;
    EXPECT_THAT(junit_xml(one.outcome(), {}),
                HasSubstr("message=\"the command ended with exit code 3\""));
    one.report.exit_code.reset();
    one.report.signal = 9;
    EXPECT_THAT(junit_xml(one.outcome(), {}), HasSubstr("killed by SIGKILL"));
}

TEST(Junit, AFindingThatIsNotNamedWasSkipped) {
    TestOutcome one("/src/model.py", "forward");
    one.verdict.concerns.clear();
    EXPECT_THAT(junit_xml(one.outcome(), {}), HasSubstr("<skipped message=\"--fail-on does not"));
}

TEST(Junit, EscapesWhateverAProgramIsCalled) {
    const TestOutcome one("/src/<a>&\"\x1b\xff.py", "]]>");
    const std::string xml = junit_xml(one.outcome(), {});
    EXPECT_THAT(xml, HasSubstr("&lt;a&gt;&amp;&quot;??.py:12 in ]]&gt;"));
    EXPECT_THAT(xml, Not(HasSubstr("<a>")));
}

}  // namespace
}  // namespace plimsoll::view
