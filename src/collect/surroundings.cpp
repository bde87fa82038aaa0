#include "collect/surroundings.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>

namespace plimsoll::collect {
namespace {

constexpr std::size_t kMostRead = 256u << 10;

std::string contents(pid_t pid, const char* file) {
    std::ifstream stream("/proc/" + std::to_string(pid) + "/" + file, std::ios::binary);
    std::string text(kMostRead, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    // A copy: what is kept of it must not keep the room for more.
    return text.substr(0, static_cast<std::size_t>(stream.gcount()));
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

std::string command_of(std::string text) {
    while (!text.empty() && text.back() == '\0') text.pop_back();
    std::replace(text.begin(), text.end(), '\0', ' ');
    return text;
}

}  // namespace

std::string container_in(std::string_view cgroup) {
    constexpr std::size_t kIdLength = 64;
    std::size_t run = 0;
    for (std::size_t i = 0; i <= cgroup.size(); ++i) {
        if (i < cgroup.size() && is_hex(cgroup[i])) {
            ++run;
            continue;
        }
        if (run == kIdLength) return std::string(cgroup.substr(i - kIdLength, kIdLength));
        run = 0;
    }
    return {};
}

// "pod" and a uuid, whose dashes systemd's names have as underscores.
std::string pod_in(std::string_view cgroup) {
    constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    constexpr std::string_view kBefore = "pod";
    for (std::size_t at = cgroup.find(kBefore); at != std::string_view::npos;
         at = cgroup.find(kBefore, at + 1)) {
        const std::string_view rest = cgroup.substr(at + kBefore.size());
        if (rest.size() < kForm.size()) break;
        std::string uid(rest.substr(0, kForm.size()));
        std::replace(uid.begin(), uid.end(), '_', '-');
        const bool fits = std::equal(uid.begin(), uid.end(), kForm.begin(), [](char is, char form) {
            return form == 'x' ? is_hex(is) : is == form;
        });
        if (fits) return uid;
    }
    return {};
}

std::optional<int> number_in(std::string_view environment,
                             std::initializer_list<std::string_view> variables) {
    for (const std::string_view variable : variables) {
        for (std::size_t at = 0; at < environment.size();) {
            const std::size_t end = std::min(environment.find('\0', at), environment.size());
            const std::string_view entry = environment.substr(at, end - at);
            at = end + 1;
            if (entry.size() <= variable.size() || !entry.starts_with(variable) ||
                entry[variable.size()] != '=') {
                continue;
            }
            const std::string_view value = entry.substr(variable.size() + 1);
            int number = 0;
            const auto [stop, error] =
                std::from_chars(value.data(), value.data() + value.size(), number);
            if (error == std::errc{} && stop == value.data() + value.size()) return number;
        }
    }
    return std::nullopt;
}

Surroundings surroundings_of(pid_t pid) {
    Surroundings to;
    to.command = command_of(contents(pid, "cmdline"));
    const std::string cgroup = contents(pid, "cgroup");
    to.container = container_in(cgroup);
    to.pod = pod_in(cgroup);
    const std::string environment = contents(pid, "environ");
    to.rank =
        number_in(environment, {"OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"});
    to.host_rank = number_in(environment, {"TT_MESH_HOST_RANK", "OMPI_COMM_WORLD_LOCAL_RANK",
                                           "MPI_LOCALRANKID", "SLURM_LOCALID"});
    return to;
}

}  // namespace plimsoll::collect
