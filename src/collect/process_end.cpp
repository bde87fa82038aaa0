#include "collect/process_end.hpp"

#include <poll.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace plimsoll::collect {
namespace {

// struct pidfd_info and PIDFD_GET_INFO as in <linux/pidfd.h> of Linux 6.15, which distributions
// do not ship yet.
struct PidfdInfo {
    std::uint64_t mask;
    std::uint64_t cgroup;
    std::uint32_t ids[11];
    std::int32_t exit_code;
};
static_assert(sizeof(PidfdInfo) == 64);
constexpr std::uint64_t kInfoExit = 1u << 3;
constexpr unsigned long kGetInfo = _IOWR(0xFF, 11, PidfdInfo);

}  // namespace

pid_t pid_of(int pidfd) {
    std::ifstream file("/proc/self/fdinfo/" + std::to_string(pidfd));
    for (std::string line; std::getline(file, line);) {
        pid_t pid = 0;
        if (std::sscanf(line.c_str(), "Pid: %d", &pid) == 1) return std::max(pid, 0);
    }
    return 0;
}

bool has_ended(int pidfd) {
    pollfd state{pidfd, POLLIN, 0};
    return ::poll(&state, 1, 0) > 0;
}

std::optional<int> wait_status(int pidfd) {
    PidfdInfo info{};
    info.mask = kInfoExit;
    if (::ioctl(pidfd, kGetInfo, &info) != 0 || (info.mask & kInfoExit) == 0) return std::nullopt;
    return info.exit_code;
}

std::optional<int> status_of_zombie(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string text;
    std::getline(file, text);
    // The name, which may hold anything, is in brackets; the state is behind them, the status last.
    const std::size_t bracket = text.rfind(')');
    if (bracket == std::string::npos || text.compare(bracket, 3, ") Z") != 0) return std::nullopt;
    std::istringstream fields(text.substr(bracket + 1));
    constexpr int kFieldsToStatus = 50;
    std::string field;
    for (int i = 0; i < kFieldsToStatus; ++i) fields >> field;
    int status = 0;
    const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), status);
    return error == std::errc{} ? std::optional<int>(status) : std::nullopt;
}

}  // namespace plimsoll::collect
