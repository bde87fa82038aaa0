#include "client/identity.hpp"

#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "base/unique_fd.hpp"

namespace plimsoll::client {
namespace {

// Field 22 of /proc/self/stat, counted after the last ')': the name may hold anything.
std::uint64_t own_start_time() {
    char text[1024];
    const UniqueFd fd(::open("/proc/self/stat", O_RDONLY | O_CLOEXEC));
    const ssize_t length = fd ? ::read(fd.get(), text, sizeof text - 1) : -1;
    if (length <= 0) return 0;
    text[length] = '\0';
    const char* at = std::strrchr(text, ')');
    constexpr int kSpacesBefore = 20;
    for (int spaces = 0; at != nullptr && spaces < kSpacesBefore; ++spaces) {
        at = std::strchr(at + 1, ' ');
    }
    std::uint64_t ticks = 0;
    for (at = at != nullptr ? at + 1 : ""; *at >= '0' && *at <= '9'; ++at) {
        ticks = ticks * 10 + static_cast<std::uint64_t>(*at - '0');
    }
    return ticks;
}

// The kernel gives every program it starts random bytes of its own; a forked child keeps them.
std::uint32_t own_image() {
    std::uint32_t image = 0;
    const auto* random = reinterpret_cast<const void*>(::getauxval(AT_RANDOM));
    if (random != nullptr) std::memcpy(&image, random, sizeof image);
    return image;
}

}  // namespace

void write_identity(segment::Header& header) {
    header.pid = ::getpid();
    header.uid = ::getuid();
    header.start_time = own_start_time();
    header.image = own_image();
    struct stat pid_namespace {};
    if (::stat("/proc/self/ns/pid", &pid_namespace) == 0) {
        header.pid_namespace = pid_namespace.st_ino;
    }
    static_assert(sizeof header.name >= 16);  // what PR_GET_NAME writes
    ::prctl(PR_GET_NAME, header.name);
}

}  // namespace plimsoll::client
