#pragma once

#include <string>
#include <vector>

namespace plimsoll::machines {

struct ChildOutput {
    int status = -1;   // exit code; 127 when the program could not be started, 128+n on a signal
    std::string text;  // standard output and error in the order written, at most 64 KiB
};

// Runs a program with this process's environment and no input, and waits for it.
ChildOutput run(const std::vector<std::string>& command);

}  // namespace plimsoll::machines
