#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace plimsoll::cli {

struct FleetOptions {
    std::string url;
    std::string token_file;
    std::uint64_t top = 10;
    bool json = false;
};

// Adds `plimsoll fleet` to the command line.
CLI::App* add_fleet(CLI::App& app, FleetOptions& options);

// Prints what a Prometheus or a VictoriaMetrics knows of all hosts. Returns the exit code of the
// whole program.
int show_fleet(const FleetOptions& options);

}  // namespace plimsoll::cli
