#include "cli/gate.hpp"

#include <gtest/gtest.h>

namespace plimsoll::cli {
namespace {

findings::Finding finding(const char* code, findings::Severity severity) {
    findings::Finding made;
    made.code = code;
    made.severity = severity;
    return made;
}

TEST(Gate, MatchesACodeAndNothingElse) {
    const std::vector<findings::Finding> made = {
        finding("left-at-exit", findings::Severity::error)};
    EXPECT_TRUE(gate_matches({"left-at-exit"}, made));
    EXPECT_FALSE(gate_matches({"buffer-outlives-device"}, made));
    EXPECT_FALSE(gate_matches({}, made));
    EXPECT_FALSE(gate_matches({"left-at-exit"}, {}));
}

TEST(Gate, MatchesASeverityForAllItsFindings) {
    const std::vector<findings::Finding> made = {
        finding("freed-after-device-close", findings::Severity::info)};
    EXPECT_TRUE(gate_matches({"info"}, made));
    EXPECT_FALSE(gate_matches({"warning", "error"}, made));
}

TEST(Gate, NamesWhatItDoesNotKnow) {
    EXPECT_EQ(unknown_conditions({"left-at-exit", "leftover", "error"}),
              std::vector<std::string>{"leftover"});
}

}  // namespace
}  // namespace plimsoll::cli
