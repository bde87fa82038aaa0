#include "cli/scratch_folder.hpp"

#include <cstdlib>
#include <string>

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

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace plimsoll::cli
