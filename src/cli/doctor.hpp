#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace plimsoll::cli {

struct DoctorOptions {
    std::string machine;
    bool json = false;
    std::vector<std::string> command;  // may be empty
};

// Adds `plimsoll doctor` to the command line.
CLI::App* add_doctor(CLI::App& app, DoctorOptions& options);

// Takes what stands before the two dashes, if they were left out, into the command. Empty, or the
// text of a problem.
std::string complete(const CLI::App& doctor, DoctorOptions& options);

// Says on standard output what a run would see. Returns the exit code of the whole program.
int run_doctor(const DoctorOptions& options);

}  // namespace plimsoll::cli
