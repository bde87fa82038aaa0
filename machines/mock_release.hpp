#pragma once

#include <filesystem>
#include <string>

#include "machines/problem.hpp"

namespace plimsoll::machines {

// Whether this release of ttnn crashes on a mock machine unless libplimsoll-mock-runtime.so is
// preloaded (mock_runtime/ says why): 0.67 to 0.74. A version that is not understood does not.
bool needs_mock_runtime(const std::string& version);

// Where that library is.
Outcome<std::filesystem::path> find_mock_runtime();

}  // namespace plimsoll::machines
