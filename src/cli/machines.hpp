#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace plimsoll::cli {

struct MachinesOptions {
    bool json = false;
};

// Adds `plimsoll machines` to the command line.
CLI::App* add_machines(CLI::App& app, MachinesOptions& options);

// Prints the mock machines on standard output. Returns the exit code of the whole program.
int show_machines(const MachinesOptions& options);

// Their names.
std::string machine_names(const char* separator = ", ");

// What to tell whoever named another one.
std::string unknown_machine(const std::string& name);

}  // namespace plimsoll::cli
