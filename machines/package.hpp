#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "machines/problem.hpp"

namespace plimsoll::machines {

// An installed ttnn package and the Python that imports it.
struct Package {
    std::filesystem::path interpreter;
    std::filesystem::path folder;  // holds tt_metal/ and runtime/
    std::string version;           // "unknown" when the installation does not say
};

// The ttnn that `command` would import. Runs the command's Python once, which searches for the
// package without importing it.
Outcome<Package> find_package(std::span<const std::string> command);

}  // namespace plimsoll::machines
