#include "http/token.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/unique_fd.hpp"

namespace plimsoll::http {
namespace {

// What a header may carry after "Bearer", RFC 6750.
bool is_of_token(char c) {
    constexpr std::string_view kAllowed =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/=";
    return kAllowed.find(c) != kAllowed.npos;
}

bool is_token(std::string_view text) {
    return text.size() >= kShortestToken && text.size() <= kLongestToken &&
           std::all_of(text.begin(), text.end(), is_of_token);
}

Result<std::string> first_line(int fd) {
    std::string text(kLongestToken + 2, '\0');
    const ssize_t size = ::read(fd, text.data(), text.size());
    if (size < 0) return Error{"the token cannot be read", errno};
    text.resize(static_cast<std::size_t>(size));
    return text.substr(0, text.find('\n'));
}

}  // namespace

Result<std::string> make_token() {
    std::array<unsigned char, 32> random{};
    if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
        return Error{"no random numbers", errno};
    }
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string token;
    for (const unsigned char byte : random) {
        token += kDigits[byte >> 4];
        token += kDigits[byte & 15];
    }
    return token;
}

Result<std::string> read_token(const std::string& path) {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file) return Error{"the token cannot be read", errno};
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return Error{"the token cannot be read", errno};
    const bool is_ours = status.st_uid == ::geteuid() || status.st_uid == 0;
    if (!S_ISREG(status.st_mode) || !is_ours || (status.st_mode & 077) != 0) {
        return Error{"the token is not for its user alone", EPERM};
    }
    Result<std::string> token = first_line(file.get());
    if (token && !is_token(token.value())) return Error{"what stands there is no token", EINVAL};
    return token;
}

Result<std::string> read_or_make_token(const std::string& path) {
    const UniqueFd file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file && errno == EEXIST) return read_token(path);
    if (!file) return Error{"the token cannot be written", errno};
    Result<std::string> token = make_token();
    if (!token) return token;
    const std::string line = token.value() + "\n";
    if (::write(file.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        const int error = errno;
        ::unlink(path.c_str());
        return Error{"the token cannot be written", error};
    }
    return token;
}

bool is_same_token(std::string_view token, std::string_view shown) {
    if (token.size() != shown.size()) return false;
    int difference = 0;
    for (std::size_t i = 0; i < token.size(); ++i) {
        difference |= static_cast<unsigned char>(token[i]) ^ static_cast<unsigned char>(shown[i]);
    }
    // Kept from the optimiser, which else might stop at the first difference.
    const volatile int kept = difference;
    return kept == 0;
}

}  // namespace plimsoll::http
