#pragma once

#include <CLI/CLI.hpp>

#include "cli/explain_choice.hpp"

namespace plimsoll::cli {

// explain REPORT.json [FINDING]: a finding of a report at length, with a picture of the memory.
CLI::App* add_explain(CLI::App& app, ExplainOptions& options);

// Prints on standard output and returns the exit code of the whole program.
int explain(const ExplainOptions& options);

}  // namespace plimsoll::cli
