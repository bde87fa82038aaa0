#include "cli/scratch_folder.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace plimsoll::cli {
namespace {

constexpr std::size_t kLongestParent = 64;  // a socket's path has 107 characters

}  // namespace

std::optional<ScratchFolder> ScratchFolder::make() {
    const char* const parents[] = {std::getenv("XDG_RUNTIME_DIR"), std::getenv("TMPDIR"), "/tmp"};
    for (const char* parent : parents) {
        if (parent == nullptr || *parent == '\0') continue;
        std::string path = std::string(parent) + "/plimsoll.XXXXXX";
        if (path.size() > kLongestParent) continue;
        if (::mkdtemp(path.data()) != nullptr) return ScratchFolder(path);
    }
    return std::nullopt;
}

std::string ScratchFolder::problem() {
    return fmt::format(
        "no folder for this run: {}\n"
        "  expected: $XDG_RUNTIME_DIR, $TMPDIR or /tmp to be writable\n"
        "  to do: set TMPDIR to a short path that is",
        std::strerror(errno));
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace plimsoll::cli
