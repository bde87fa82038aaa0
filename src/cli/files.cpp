#include "cli/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace plimsoll::cli {
namespace {

using machines::Problem;

constexpr std::size_t kLargestFile = 64u << 20;

}  // namespace

UniqueFd open_output(const std::string& path, Contents before) {
    const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (before == Contents::emptied ? O_TRUNC : 0);
    constexpr mode_t kMode = 0644;
    return UniqueFd(::open(path.c_str(), flags, kMode));
}

bool write_whole(int fd, const std::string& text) {
    // A pipe or a terminal has no length.
    if (::ftruncate(fd, 0) != 0 && errno != EINVAL) return false;
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(fd, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

machines::Outcome<std::string> contents_of(const std::string& path, const std::string& what,
                                           const std::string& expected) {
    const auto unreadable = [&] {
        return Problem{fmt::format("{} '{}' cannot be read: {}", what, path, std::strerror(errno)),
                       expected, "check the path"};
    };
    UniqueFd opened;
    if (path != "-") {
        opened.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened) return unreadable();
    }
    const int fd = opened ? opened.get() : STDIN_FILENO;
    std::string text;
    std::array<char, 1u << 16> part{};
    while (true) {
        const ssize_t size = ::read(fd, part.data(), part.size());
        if (size < 0 && errno == EINTR) continue;
        if (size < 0) return unreadable();
        if (size == 0) return text;
        text.append(part.data(), static_cast<std::size_t>(size));
        if (text.size() > kLargestFile) {
            return Problem{fmt::format("'{}' is larger than 64 MiB", path), expected,
                           "check the path"};
        }
    }
}

}  // namespace plimsoll::cli
