#include "cli/child.hpp"

#include <signal.h>
#include <spawn.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace plimsoll::cli {
namespace {

sigset_t handled_signals() {
    sigset_t set;
    ::sigemptyset(&set);
    for (const int signal : {SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT}) ::sigaddset(&set, signal);
    return set;
}

std::vector<std::string> environment(const EnvironmentChanges& changes) {
    std::vector<std::string> entries;
    for (char** entry = ::environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        const std::string_view name = text.substr(0, text.find('='));
        const auto names_it = [name](const auto& change) { return change.first == name; };
        const bool changed =
            std::any_of(changes.set.begin(), changes.set.end(), names_it) ||
            std::find(changes.unset.begin(), changes.unset.end(), name) != changes.unset.end();
        if (!changed) entries.emplace_back(text);
    }
    for (const auto& [name, value] : changes.set) entries.push_back(name + "=" + value);
    return entries;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

SignalWatch::SignalWatch() {
    const sigset_t handled = handled_signals();
    ::sigprocmask(SIG_BLOCK, &handled, &before_);
    fd_.reset(::signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK));
}

SignalWatch::~SignalWatch() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

Result<Child> Child::start(const std::vector<std::string>& command,
                           const EnvironmentChanges& changes, const SignalWatch& signals) {
    if (signals.fd() < 0) return Error{"no descriptor for signals", EMFILE};
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    ::posix_spawnattr_setsigmask(&attributes, &signals.mask_before());
    std::vector<std::string> arguments = command;
    std::vector<std::string> entries = environment(changes);
    pid_t pid = 0;
    const int failed = ::posix_spawnp(&pid, command[0].c_str(), nullptr, &attributes,
                                      pointers(arguments).data(), pointers(entries).data());
    ::posix_spawnattr_destroy(&attributes);
    if (failed != 0) return Error{"the command cannot be started", failed};
    return Child(pid, signals);
}

Result<Child> Child::fork(const std::function<int()>& work, const SignalWatch& signals) {
    if (signals.fd() < 0) return Error{"no descriptor for signals", EMFILE};
    const pid_t pid = ::fork();
    if (pid < 0) return Error{"no process can be made", errno};
    if (pid > 0) return Child(pid, signals);
    ::sigprocmask(SIG_SETMASK, &signals.mask_before(), nullptr);
    // Not exit(): what is still to be written by the parent is the parent's.
    ::_exit(work());
}

std::optional<int> Child::reap() {
    signalfd_siginfo signal{};
    while (::read(signals_->fd(), &signal, sizeof signal) == sizeof signal) {
        const auto number = static_cast<int>(signal.ssi_signo);
        // The terminal has sent SIGINT and SIGQUIT to the command already; one that came from a
        // process (ssi_pid) was meant for the command.
        const bool from_terminal = signal.ssi_pid == 0;
        if (number != SIGCHLD && !from_terminal) ::kill(pid_, number);
    }
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) return status;
    return std::nullopt;
}

}  // namespace plimsoll::cli
