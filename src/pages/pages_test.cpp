#include "pages/pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "cli/command_line.hpp"
#include "findings/codes.hpp"

namespace plimsoll::pages {
namespace {

using testing::Contains;
using testing::HasSubstr;

const Option& option(const Command& command, const std::string& name) {
    for (const Option& one : command.options) {
        if (one.value_name == name) return one;
        for (const std::string& known : one.names) {
            if (known == name) return one;
        }
    }
    throw std::runtime_error("no " + name);
}

const Command& subcommand(const Command& program, const std::string& name) {
    for (const Command& one : program.subcommands) {
        if (one.name == name) return one;
    }
    throw std::runtime_error("no " + name);
}

TEST(Shape, KnowsWhatMayStandBehindAnOption) {
    cli::CommandLine line;
    const Command program = shape_of(line.app());
    const Command& run = subcommand(program, "run");
    EXPECT_TRUE(run.runs_a_command);
    EXPECT_THAT(option(run, "--machine").words, Contains("bh-galaxy"));
    EXPECT_TRUE(option(run, "--fail-on").separated);
    EXPECT_EQ(option(run, "--fail-on").words.size(), findings::kCodes.size() + 3);
    EXPECT_THAT(option(run, "--report-format").words, Contains("json"));
    EXPECT_EQ(option(run, "--report").value, Value::files);
    EXPECT_EQ(option(run, "--quiet").value, Value::none);
    EXPECT_EQ(option(subcommand(program, "show"), "PID").value, Value::processes);
    EXPECT_TRUE(option(subcommand(program, "show"), "PID").names.empty());
}

TEST(Manual, HasAPageForEachSubcommandWithAllItsOptions) {
    cli::CommandLine line;
    const Command program = shape_of(line.app());
    const std::vector<Page> pages = manual(program);
    ASSERT_EQ(pages.size(), program.subcommands.size() + 1);
    EXPECT_EQ(pages[0].path, "man/man1/plimsoll.1");
    for (std::size_t i = 0; i < program.subcommands.size(); ++i) {
        const Command& one = program.subcommands[i];
        EXPECT_EQ(pages[i + 1].path, "man/man1/plimsoll-" + one.name + ".1");
        EXPECT_THAT(pages[0].text, HasSubstr("\n\\fB" + one.name + "\\fR\n"));
        EXPECT_THAT(pages[i + 1].text, HasSubstr("\n.SH EXAMPLE\n")) << one.name;
        EXPECT_THAT(pages[i + 1].text, HasSubstr("\\fB\\-\\-help\\fR"));
    }
}

TEST(Manual, NoTextIsACommandOfItsOwn) {
    Command command{"x", "'a \\ b-c.", ".so /etc/passwd\nExample: .x", false, {}, {}};
    const std::string text = manual(command)[0].text;
    EXPECT_THAT(text, HasSubstr("\\&'a \\e b\\-c\n"));
    EXPECT_THAT(text, HasSubstr("\n\\&.so /etc"));
    EXPECT_THAT(text, HasSubstr("\n\\&.x\n"));
}

}  // namespace
}  // namespace plimsoll::pages
