#include "cli/run_arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::cli {
namespace {

// What `complete` says about these arguments of `plimsoll run`; `after` stood behind the dashes.
std::string problem(std::vector<std::string> arguments, std::vector<std::string> after,
                    RunOptions& options) {
    CLI::App app("test", "plimsoll");
    const CLI::App* run = add_run(app, options);
    options.command = std::move(after);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    arguments.emplace_back("run");
    app.parse(arguments);
    return complete(*run, options);
}

TEST(RunArguments, TakesTheCommandBehindTheDashesAsItIs) {
    RunOptions options;
    EXPECT_EQ(problem({"--machine", "t3k", "--fail-on", "error,left-at-exit"},
                      {"python", "model.py", "--quiet"}, options),
              "");
    EXPECT_EQ(options.command, (std::vector<std::string>{"python", "model.py", "--quiet"}));
    EXPECT_EQ(options.machine, "t3k");
    EXPECT_EQ(options.fail_on, (std::vector<std::string>{"error", "left-at-exit"}));
    EXPECT_EQ(options.error_exitcode, 23);
    EXPECT_FALSE(options.quiet);
}

TEST(RunArguments, TakesACommandWithoutDashesToo) {
    RunOptions options;
    EXPECT_EQ(problem({"--quiet", "python", "model.py", "--machine", "x"}, {}, options), "");
    EXPECT_EQ(options.command, (std::vector<std::string>{"python", "model.py", "--machine", "x"}));
    EXPECT_TRUE(options.quiet);
    EXPECT_EQ(options.machine, "");
}

TEST(RunArguments, APageNeedsAFile) {
    RunOptions options;
    EXPECT_THAT(problem({"--report-format", "html"}, {"python"}, options),
                testing::HasSubstr("html has no file"));
    EXPECT_EQ(problem({"--report-format", "html", "--report", "x.html"}, {"python"}, options), "");
}

TEST(RunArguments, SaysThatTheCommandIsMissing) {
    RunOptions options;
    EXPECT_NE(problem({"--quiet"}, {}, options).find("no command to run"), std::string::npos);
}

TEST(RunArguments, NamesTheOptionItDoesNotKnow) {
    RunOptions options;
    EXPECT_NE(problem({"--machin", "t3k"}, {"python"}, options).find("'--machin'"),
              std::string::npos);
}

TEST(RunArguments, NamesTheConditionItDoesNotKnow) {
    RunOptions options;
    EXPECT_NE(problem({"--fail-on", "leaks"}, {"python"}, options).find("'leaks'"),
              std::string::npos);
}

TEST(RunArguments, RefusesAFormatItDoesNotKnow) {
    RunOptions options;
    EXPECT_THROW(problem({"--report-format", "xml"}, {"python"}, options), CLI::ParseError);
}

}  // namespace
}  // namespace plimsoll::cli
