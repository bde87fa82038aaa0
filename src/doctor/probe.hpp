#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "doctor/description.hpp"
#include "machines/machine.hpp"

namespace plimsoll::doctor {

// What to try, and with which changes to the environment.
struct Trial {
    std::filesystem::path python;
    std::filesystem::path folder;                // for the answer
    const machines::Machine* machine = nullptr;  // to be opened; null: no device is touched
    std::vector<std::pair<std::string, std::string>> set;
    std::vector<std::string> unset;
};

struct Findings {
    std::string python;      // its version; empty: it did not get that far
    bool imported = false;   // ttnn
    bool has_agent = false;  // in that process
    bool attached = true;    // false: the agent could not, and `complaint` says why
    int opened = 0;          // devices
    bool ran = false;        // an op on them
    std::string complaint;   // why it went no further
    Description seen;
};

// Runs that Python once: it imports ttnn, asks the agent and, on a mock machine, opens all devices
// and runs one op on them. Takes as long as the import of ttnn does, some seconds.
Findings probe(const Trial& trial);

}  // namespace plimsoll::doctor
