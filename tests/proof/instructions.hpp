#pragma once

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <optional>

namespace plimsoll::proof {

// How many instructions work(state) takes, where state is what prepare() gave: a child does both,
// and is stepped through the second. Unlike time, a count of steps hardly depends on the machine
// and its load. Nothing: the child may not be traced, or did not come through.
template <class Prepare, class Work>
std::optional<std::uint64_t> instructions_of(Prepare prepare, Work work) {
    const pid_t child = ::fork();
    if (child == 0) {
        auto state = prepare();
        ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        ::raise(SIGSTOP);
        work(state);
        ::raise(SIGSTOP);
        ::_exit(0);
    }
    int status = 0;
    const auto stopped_by = [&](int signal) {
        return ::waitpid(child, &status, 0) == child && WIFSTOPPED(status) &&
               WSTOPSIG(status) == signal;
    };
    std::uint64_t steps = 0;
    const bool begun = stopped_by(SIGSTOP);
    while (begun && ::ptrace(PTRACE_SINGLESTEP, child, nullptr, nullptr) == 0 &&
           stopped_by(SIGTRAP)) {
        ++steps;
    }
    const bool came_through = begun && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP;
    ::kill(child, SIGKILL);
    ::waitpid(child, &status, 0);
    if (!came_through) return {};
    return steps;
}

}  // namespace plimsoll::proof
