#pragma once

#include <CLI/CLI.hpp>

namespace plimsoll::cli {

// top: chips and processes as they are, in the terminal, until the user has seen enough.
struct TopOptions {
    double every_s = 1;
};

CLI::App* add_top(CLI::App& app, TopOptions& options);
// The exit code of the whole program.
int top(const TopOptions& options);

}  // namespace plimsoll::cli
