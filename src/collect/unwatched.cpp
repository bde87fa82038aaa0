#include "collect/unwatched.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "collect/segment_search.hpp"
#include "collect/user_name.hpp"

namespace plimsoll::collect {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRuntime = "/libtt_metal.so";
constexpr std::string_view kAgent = "/libplimsoll-ttmetal.so";
constexpr std::string_view kDeviceFile = "/dev/tenstorrent/";

bool is_unwatched(const fs::path& process) {
    std::ifstream maps(process / "maps");
    bool uses_runtime = false;
    for (std::string line; std::getline(maps, line);) {
        const std::string_view file(line);
        if (file.find(kAgent) != std::string_view::npos) return false;
        uses_runtime = uses_runtime || file.find(kRuntime) != std::string_view::npos;
    }
    return uses_runtime;
}

// The chips whose device files are open there. A mock machine has none.
std::vector<std::int32_t> open_devices(const fs::path& process) {
    std::vector<std::int32_t> devices;
    std::error_code failed;
    for (fs::directory_iterator at(process / "fd", failed);
         !failed && at != fs::directory_iterator(); at.increment(failed)) {
        std::error_code gone;
        const std::string target = fs::read_symlink(at->path(), gone).string();
        if (gone || !target.starts_with(kDeviceFile)) continue;
        std::int32_t device = 0;
        const char* end = target.data() + target.size();
        const auto [stop, error] = std::from_chars(target.data() + kDeviceFile.size(), end, device);
        if (error == std::errc{} && stop == end) devices.push_back(device);
    }
    std::sort(devices.begin(), devices.end());
    devices.erase(std::unique(devices.begin(), devices.end()), devices.end());
    return devices;
}

}  // namespace

std::optional<ledger::Unwatched> unwatched(pid_t pid) {
    const fs::path process = "/proc/" + std::to_string(pid);
    struct stat owner {};
    if (!is_unwatched(process) || ::stat(process.c_str(), &owner) != 0) return std::nullopt;
    ledger::Unwatched found{pid, {}, owner.st_uid, user_name(owner.st_uid), open_devices(process)};
    std::ifstream name(process / "comm");
    std::getline(name, found.name);
    return found;
}

std::vector<ledger::Unwatched> find_unwatched(const std::set<pid_t>& without) {
    std::vector<ledger::Unwatched> all;
    for (const pid_t pid : all_processes()) {
        if (without.contains(pid)) continue;
        if (auto found = unwatched(pid)) all.push_back(std::move(*found));
    }
    return all;
}

}  // namespace plimsoll::collect
