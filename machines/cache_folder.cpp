#include "machines/cache_folder.hpp"

#include <unistd.h>

#include <cstdlib>

namespace plimsoll::machines {
namespace {

// A relative path would move with the current folder; the XDG rules ignore it as well.
std::filesystem::path absolute_path_of(const char* variable) {
    const char* value = std::getenv(variable);
    const std::filesystem::path path = value ? value : "";
    return path.is_absolute() ? path : std::filesystem::path();
}

}  // namespace

std::filesystem::path cache_folder() {
    if (auto own = absolute_path_of("PLIMSOLL_CACHE"); !own.empty()) return own;
    if (const auto xdg = absolute_path_of("XDG_CACHE_HOME"); !xdg.empty()) return xdg / "plimsoll";
    if (const auto home = absolute_path_of("HOME"); !home.empty()) {
        return home / ".cache" / "plimsoll";
    }
    return {};
}

bool make_writable(const std::filesystem::path& folder) {
    if (folder.empty()) return false;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    return !failed && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

}  // namespace plimsoll::machines
