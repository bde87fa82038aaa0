#pragma once

#include <CLI/CLI.hpp>

#include "cli/run.hpp"

namespace plimsoll::cli {

// Declares `plimsoll run`; its arguments end up in `options`, which outlives the parsing.
CLI::App* add_run(CLI::App& app, RunOptions& options);

// What the declared options do not check themselves; options.command holds what stood after the
// two dashes. Empty, or the problem.
std::string complete(const CLI::App& run, RunOptions& options);

}  // namespace plimsoll::cli
