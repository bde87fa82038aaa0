#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace plimsoll::cli {

struct DemoOptions {
    bool json = false;
    bool list = false;
    std::string defect;  // empty: the story of the one the project began with
};

// Adds `plimsoll demo` to the command line.
CLI::App* add_demo(CLI::App& app, DemoOptions& options);

// Prints on standard output. Returns the exit code of the whole program.
int demo(const DemoOptions& options);

}  // namespace plimsoll::cli
