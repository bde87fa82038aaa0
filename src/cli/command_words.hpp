#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace plimsoll::cli {

// Takes what stands before the two dashes, if they were left out, in front of what stood behind
// them. Empty, or the text of a problem: an option that `subcommand` does not have. `usage` is what
// is expected instead.
std::string take_words(const CLI::App& subcommand, const std::string& usage,
                       std::vector<std::string>& command);

}  // namespace plimsoll::cli
