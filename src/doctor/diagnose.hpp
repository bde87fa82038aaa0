#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "doctor/diagnosis.hpp"
#include "doctor/probe.hpp"
#include "machines/package.hpp"

namespace plimsoll::doctor {

// The hardware of this host.
struct Hardware {
    int devices = 0;  // under /dev/tenstorrent
    bool may_be_opened = false;
    bool mock_cluster = false;  // the caller's environment names a mock cluster of its own
};

// All that is judged.
struct Facts {
    std::vector<std::string> command;
    std::string agent_problem;  // why no agent goes with a command; empty: one does
    std::string no_preload;     // why nothing can be preloaded into the command
    std::optional<machines::Problem> no_package;
    machines::Package package;
    std::filesystem::path compiler;              // the real one for kernels; empty: none
    const machines::Machine* machine = nullptr;  // a mock one
    Hardware hardware;
    std::optional<Findings> found;  // none: there was nothing to try
};

Diagnosis diagnose(const Facts& facts);

}  // namespace plimsoll::doctor
