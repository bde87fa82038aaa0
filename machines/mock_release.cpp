#include "machines/mock_release.hpp"

#include <cstdio>

#include "machines/parts.hpp"

namespace plimsoll::machines {

bool needs_mock_runtime(const std::string& version) {
    int major = 0, minor = 0;
    if (std::sscanf(version.c_str(), "%d.%d", &major, &minor) != 2) return false;
    return major == 0 && minor >= 67 && minor < 75;
}

Outcome<std::filesystem::path> find_mock_runtime() {
    constexpr const char* kName = "libplimsoll-mock-runtime.so";
    if (std::filesystem::path found = find_library(kName); !found.empty()) return found;
    return Problem{std::string(kName) + " is not beside this program",
                   "the library without which this release of ttnn crashes on a mock machine",
                   "build the target plimsoll-mock-runtime, or install plimsoll completely"};
}

}  // namespace plimsoll::machines
