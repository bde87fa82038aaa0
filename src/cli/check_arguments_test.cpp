#include "cli/check_arguments.hpp"

#include <gtest/gtest.h>

namespace plimsoll::cli {
namespace {

// What `complete` says about these arguments of `plimsoll check`.
std::string problem(std::vector<std::string> arguments, CheckOptions& options) {
    CLI::App app("test", "plimsoll");
    const CLI::App* check = add_check(app, options);
    options.watching.command = {"pytest"};
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
    arguments.emplace_back("check");
    app.parse(arguments);
    return complete(*check, options);
}

TEST(CheckArguments, ErrorsFailUnlessOthersAreNamed) {
    CheckOptions options;
    EXPECT_EQ(problem({}, options), "");
    EXPECT_EQ(options.watching.fail_on, std::vector<std::string>{"error"});
    CheckOptions others;
    EXPECT_EQ(problem({"--fail-on", "warning,left-at-exit"}, others), "");
    EXPECT_EQ(others.watching.fail_on, (std::vector<std::string>{"warning", "left-at-exit"}));
}

TEST(CheckArguments, TakesSeveralLimits) {
    CheckOptions options;
    EXPECT_EQ(problem({"--limit", "dram=1G,l1=2M", "--limit", "trace=3K"}, options), "");
    ASSERT_EQ(options.limits.size(), 3u);
    EXPECT_EQ(options.limits[1].bytes, 2u << 20);
}

TEST(CheckArguments, ACommandWithoutDashesIsNoLimitAndNoCode) {
    CheckOptions options;
    EXPECT_EQ(problem({"--limit", "dram=1G", "--fail-on", "error", "python", "x.py"}, options), "");
    EXPECT_EQ(options.watching.command, (std::vector<std::string>{"python", "x.py", "pytest"}));
    EXPECT_EQ(options.limits.size(), 1u);
}

TEST(CheckArguments, NamesTheLimitItDoesNotUnderstand) {
    CheckOptions options;
    EXPECT_NE(problem({"--limit", "sram=1G"}, options).find("'sram=1G' is no limit"),
              std::string::npos);
}

TEST(CheckArguments, NamesItselfWhenTheCommandIsMissing) {
    CheckOptions options;
    CLI::App app("test", "plimsoll");
    const CLI::App* check = add_check(app, options);
    app.parse(std::vector<std::string>{"check"});
    EXPECT_NE(complete(*check, options).find("plimsoll check [options] -- COMMAND..."),
              std::string::npos);
}

TEST(CheckArguments, ABaselineIsReadOrWrittenAndNotBoth) {
    CheckOptions options;
    EXPECT_THROW(problem({"--baseline", "a", "--write-baseline", "b"}, options),
                 CLI::ExcludesError);
}

}  // namespace
}  // namespace plimsoll::cli
