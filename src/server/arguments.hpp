#pragma once

#include <CLI/CLI.hpp>

#include "server/server.hpp"

namespace plimsoll::server {

inline constexpr const char* kName = "plimsolld";
inline constexpr const char* kDescription =
    "The allocation server: keeps the books of all processes that have an agent.";

// The options of plimsolld, on the command line or in a file of TOML: into `options`.
void add_arguments(CLI::App& app, Options& options);

}  // namespace plimsoll::server
