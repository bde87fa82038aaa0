#include "collect/segment_search.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <set>
#include <string_view>

#include "segment/layout.hpp"

namespace plimsoll::collect {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSegmentLink = "/memfd:plimsoll";

// Every process there is, by its number here.
std::vector<pid_t> all_processes() {
    std::vector<pid_t> found;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator("/proc", failed)) {
        const std::string name = entry.path().filename();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error == std::errc{} && end == name.data() + name.size()) found.push_back(pid);
    }
    std::sort(found.begin(), found.end());
    return found;
}

// The number a process has in its own, innermost namespace.
pid_t innermost_pid(const fs::path& process) {
    std::ifstream status(process / "status");
    for (std::string line; std::getline(status, line);) {
        if (!line.starts_with("NSpid:")) continue;
        const std::string last = line.substr(line.find_last_of("\t ") + 1);
        pid_t pid = 0;
        std::from_chars(last.data(), last.data() + last.size(), pid);
        return pid;
    }
    return 0;
}

std::vector<UniqueFd> segments_of(const fs::path& process) {
    std::vector<UniqueFd> found;
    std::set<ino_t> known;
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(process / "fd", failed)) {
        std::error_code gone;
        const std::string target = fs::read_symlink(entry.path(), gone).string();
        if (gone || !target.starts_with(kSegmentLink)) continue;
        UniqueFd segment(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
        struct stat status {};
        if (!segment || ::fstat(segment.get(), &status) != 0) continue;
        if (known.insert(status.st_ino).second) found.push_back(std::move(segment));
    }
    return found;
}

}  // namespace

std::vector<FoundSegment> find_segments() {
    std::vector<FoundSegment> found;
    for (const pid_t pid : all_processes()) {
        const fs::path process = "/proc/" + std::to_string(pid);
        std::vector<UniqueFd> segments = segments_of(process);
        if (segments.empty()) continue;
        const pid_t inner = innermost_pid(process);
        for (UniqueFd& segment : segments) {
            Arrival arrival;
            arrival.segment = std::move(segment);
            arrival.pid = pid;
            arrival.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
            found.push_back({std::move(arrival), inner});
        }
    }
    return found;
}

bool is_owner(const FoundSegment& found) {
    decltype(segment::Header::pid) claimed = 0;
    const ssize_t size = ::pread(found.arrival.segment.get(), &claimed, sizeof claimed,
                                 offsetof(segment::Header, pid));
    return size == sizeof claimed && claimed == found.innermost_pid;
}

}  // namespace plimsoll::collect
