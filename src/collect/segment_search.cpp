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

// A process may end while its folder is read: then there are no more entries.
template <class Do>
void for_each_entry(const fs::path& folder, Do visit) {
    std::error_code failed;
    fs::directory_iterator at(folder, failed);
    for (; !failed && at != fs::directory_iterator(); at.increment(failed)) visit(at->path());
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
    for_each_entry(process / "fd", [&](const fs::path& entry) {
        std::error_code gone;
        const std::string target = fs::read_symlink(entry, gone).string();
        if (gone || !target.starts_with(kSegmentLink)) return;
        // Whatever has that name may be a pipe, and would wait for its other end.
        UniqueFd segment(::open(entry.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
        struct stat status {};
        if (!segment || ::fstat(segment.get(), &status) != 0) return;
        if (known.insert(status.st_ino).second) found.push_back(std::move(segment));
    });
    return found;
}

}  // namespace

std::vector<pid_t> all_processes() {
    std::vector<pid_t> found;
    for_each_entry("/proc", [&found](const fs::path& entry) {
        const std::string name = entry.filename();
        pid_t pid = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), pid);
        if (error == std::errc{} && end == name.data() + name.size()) found.push_back(pid);
    });
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<FoundSegment> find_segments_of(pid_t pid) {
    const fs::path process = "/proc/" + std::to_string(pid);
    std::vector<FoundSegment> found;
    struct stat owner {};
    if (::stat(process.c_str(), &owner) != 0) return found;
    for (UniqueFd& segment : segments_of(process)) {
        Arrival arrival;
        arrival.user = owner.st_uid;
        arrival.segment = std::move(segment);
        arrival.pid = pid;
        arrival.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
        found.push_back({std::move(arrival), innermost_pid(process)});
    }
    return found;
}

std::vector<FoundSegment> find_own_segments() {
    std::vector<FoundSegment> found;
    for (UniqueFd& segment : segments_of("/proc/self")) {
        Arrival arrival;
        arrival.user = ::geteuid();
        arrival.segment = std::move(segment);
        arrival.pid = ::getpid();
        found.push_back({std::move(arrival), ::getpid()});
    }
    return found;
}

std::vector<FoundSegment> find_segments(const std::set<pid_t>& without) {
    std::vector<FoundSegment> found;
    for (const pid_t pid : all_processes()) {
        if (without.contains(pid)) continue;
        for (FoundSegment& segment : find_segments_of(pid)) found.push_back(std::move(segment));
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
