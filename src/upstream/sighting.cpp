#include "upstream/sighting.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <tuple>

#include "base/unique_fd.hpp"

namespace plimsoll::upstream {
namespace {

namespace fs = std::filesystem;

bool is_statistics(const std::string& name) {
    constexpr std::string_view kBegin = "tt_device_";
    constexpr std::string_view kEnd = "_memory";
    return name.size() > kBegin.size() + kEnd.size() && name.starts_with(kBegin) &&
           name.ends_with(kEnd);
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code none;
    for (fs::directory_iterator at(folder, none), end; at != end; at.increment(none)) {
        if (none || files.size() == kMostFiles) break;
        if (is_statistics(at->path().filename().string())) files.push_back(at->path());
    }
    return files;
}

// At most one byte more than is expected, which is one too many. What is no file gives nothing.
std::vector<std::byte> copy_of(int file) {
    struct stat status {};
    std::vector<std::byte> bytes;
    if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return bytes;
    bytes.resize(kFileBytes + 1);
    const ssize_t size = ::pread(file, bytes.data(), bytes.size(), 0);
    bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return bytes;
}

// One that waits for its parent to ask how it ended is gone: "PID (NAME) Z ...".
bool is_there(std::int32_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    std::string line;
    std::getline(file, line);
    const std::size_t end_of_name = line.rfind(')');
    if (end_of_name == std::string::npos || end_of_name + 2 >= line.size()) return false;
    const char state = line[end_of_name + 2];
    return state != 'Z' && state != 'X';
}

}  // namespace

Sighting look_at_statistics(const fs::path& folder) {
    Sighting sighting;
    for (const fs::path& path : files_in(folder)) {
        const UniqueFd file(
            ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
        if (!file) continue;
        Result<Statistics> read = read_statistics(copy_of(file.get()));
        if (!read) {
            sighting.notes.push_back("the runtime's " + path.filename().string() +
                                     " is not read: " + read.error().text + " (" +
                                     std::to_string(read.error().number) + ")");
            continue;
        }
        for (const Slot& slot : read.value().processes) {
            if (is_there(slot.pid)) sighting.running.insert(slot.pid);
        }
        sighting.chips.push_back(std::move(read).value());
    }
    std::sort(sighting.chips.begin(), sighting.chips.end(),
              [](const Statistics& a, const Statistics& b) {
                  return std::tie(a.device, a.asic) < std::tie(b.device, b.asic);
              });
    return sighting;
}

}  // namespace plimsoll::upstream
