#pragma once

#include <CLI/CLI.hpp>

#include "cli/run.hpp"

namespace plimsoll::cli {

// Declares `plimsoll run`; its arguments end up in `options`, which outlives the parsing.
CLI::App* add_run(CLI::App& app, RunOptions& options);

// The same of `plimsoll record`, which is `run` and writes a recording too.
CLI::App* add_record(CLI::App& app, RunOptions& options);

// The options that both it and `plimsoll check` have: on which machine, what is watched, where the
// report goes, and what fails.
void add_watching(CLI::App& command, RunOptions& options);

// What the declared options do not check themselves; options.command holds what stood after the
// two dashes. Empty, or the problem. `run` may be `check` as well.
std::string complete(const CLI::App& run, RunOptions& options);

}  // namespace plimsoll::cli
