#include "cli/command_words.hpp"

#include <fmt/format.h>

namespace plimsoll::cli {

std::string take_words(const CLI::App& subcommand, const std::string& usage,
                       std::vector<std::string>& command) {
    const std::vector<std::string> before = subcommand.remaining();
    command.insert(command.begin(), before.begin(), before.end());
    if (before.empty() || before.front().rfind("--", 0) != 0) return {};
    return fmt::format(
        "unknown option '{}'\n"
        "  expected: {}\n"
        "  to do: plimsoll {} --help lists the options",
        before.front(), usage, subcommand.get_name());
}

}  // namespace plimsoll::cli
