#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace plimsoll::machines {

// The Python that will run a command, as far as the command tells.
struct InterpreterChoice {
    // To be tried in this order; as a shell would find them, so not resolved through links
    // (a virtual environment is known by the link, not by its target).
    std::vector<std::filesystem::path> candidates;
    // The command itself names its interpreter: no other one may be asked instead.
    bool certain = false;
};

// Reads the command, never runs it. In this order: the command is a Python; it is `env` in front
// of a command; it is a script whose first line names a Python (pytest); a later word is a Python
// (timeout 60 python model.py). Otherwise uncertain: $VIRTUAL_ENV, then python3 and python on PATH.
InterpreterChoice choose_interpreter(std::span<const std::string> command);

// Where a shell would find the program; empty when nowhere.
std::filesystem::path find_on_path(const std::string& program);

}  // namespace plimsoll::machines
