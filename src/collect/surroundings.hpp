#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <string_view>

// Where a process runs and as what, as the kernel and its environment tell.
namespace plimsoll::collect {

struct Surroundings {
    std::string command;           // its command line, words parted by spaces
    std::string container;         // id; empty: in none that is known
    std::string pod;               // uid, of Kubernetes
    std::optional<int> rank;       // in its MPI world
    std::optional<int> host_rank;  // among those of its host
};

// What /proc says of it; what may not be read stays empty.
Surroundings surroundings_of(pid_t pid);

// Of /proc/PID/cgroup: the ids that container runtimes and Kubernetes put into its paths.
std::string container_in(std::string_view cgroup);
std::string pod_in(std::string_view cgroup);
// Of /proc/PID/environ: the number that the first of these variables has which is set.
std::optional<int> number_in(std::string_view environment,
                             std::initializer_list<std::string_view> variables);

}  // namespace plimsoll::collect
