#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "doctor/diagnosis.hpp"
#include "doctor/hardware.hpp"
#include "doctor/probe.hpp"
#include "machines/package.hpp"

namespace plimsoll::doctor {

// All that is judged.
struct Facts {
    std::vector<std::string> command;
    std::string agent_problem;  // why no agent goes with a command; empty: one does
    bool agent_is_off = false;  // by the caller's own environment
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
