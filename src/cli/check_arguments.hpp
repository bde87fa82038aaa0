#pragma once

#include <CLI/CLI.hpp>

#include "cli/check.hpp"

namespace plimsoll::cli {

// Declares `plimsoll check`; its arguments end up in `options`, which outlives the parsing.
CLI::App* add_check(CLI::App& app, CheckOptions& options);

// As for `plimsoll run`.
std::string complete(const CLI::App& check, CheckOptions& options);

}  // namespace plimsoll::cli
