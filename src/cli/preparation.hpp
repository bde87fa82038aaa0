#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "cli/child.hpp"
#include "cli/run.hpp"

namespace plimsoll::cli {

// What the command's environment needs, so that it finds its machine and reports to us.
struct Preparation {
    EnvironmentChanges changes;
    std::string machine;           // such as "mock:t3k"; empty on hardware
    std::string package;           // such as "ttnn 0.81.1", when it had to be found out
    std::string not_attached_why;  // why no agent goes with the command; empty when one does
};

// `scratch` is this run's folder, `socket` where segments are handed over.
// The text of a problem (what, expected, what to do) when the machine cannot be had.
std::variant<Preparation, std::string> prepare(const RunOptions& options,
                                               const std::filesystem::path& scratch,
                                               const std::filesystem::path& socket);

}  // namespace plimsoll::cli
