#include "gate/conditions.hpp"

#include <gtest/gtest.h>

namespace plimsoll::gate {
namespace {

findings::Finding finding(const char* code, findings::Severity severity) {
    findings::Finding made;
    made.code = code;
    made.severity = severity;
    return made;
}

TEST(Conditions, MatchesACodeAndNothingElse) {
    const std::vector<findings::Finding> made = {
        finding("left-at-exit", findings::Severity::error)};
    EXPECT_TRUE(matches_any({"left-at-exit"}, made));
    EXPECT_FALSE(matches_any({"buffer-outlives-device"}, made));
    EXPECT_FALSE(matches_any({}, made));
    EXPECT_FALSE(matches_any({"left-at-exit"}, {}));
}

TEST(Conditions, MatchesASeverityForAllItsFindings) {
    const std::vector<findings::Finding> made = {
        finding("freed-after-device-close", findings::Severity::info)};
    EXPECT_TRUE(matches_any({"info"}, made));
    EXPECT_FALSE(matches_any({"warning", "error"}, made));
}

TEST(Conditions, NamesWhatItDoesNotKnow) {
    EXPECT_EQ(unknown_conditions({"left-at-exit", "leftover", "error"}),
              std::vector<std::string>{"leftover"});
}

}  // namespace
}  // namespace plimsoll::gate
