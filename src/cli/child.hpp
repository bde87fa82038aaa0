#pragma once

#include <signal.h>
#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace plimsoll::cli {

// How the environment of the command differs from ours.
struct EnvironmentChanges {
    std::vector<std::pair<std::string, std::string>> set;
    std::vector<std::string> unset;
};

// Holds back, while it exists, the signals that concern the command: they become readable instead
// of acting on us. Keyboard signals reach the command from the terminal, requests to end are
// passed on to it, so that its end is told and not only ours.
class SignalWatch {
  public:
    SignalWatch();
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    // Becomes readable when a signal came; -1 when there is no such descriptor to be had.
    [[nodiscard]] int fd() const { return fd_.get(); }
    // What was held back before, which is what the command starts with.
    [[nodiscard]] const sigset_t& mask_before() const { return before_; }

  private:
    sigset_t before_{};
    UniqueFd fd_;
};

// The watched command. Owns nothing but the duty to reap it.
class Child {
  public:
    // `signals` is borrowed for the child's life. Error: errno of the search for the program or
    // of its start.
    static Result<Child> start(const std::vector<std::string>& command,
                               const EnvironmentChanges& changes, const SignalWatch& signals);

    // The same for a function of ours, in a fork of this process, which must have one thread only;
    // it ends with what the function returns. Error: errno of fork().
    static Result<Child> fork(const std::function<int()>& work, const SignalWatch& signals);

    [[nodiscard]] pid_t pid() const { return pid_; }

    // Passes on the signals that came; the status of wait() once the command has ended.
    std::optional<int> reap();

  private:
    Child(pid_t pid, const SignalWatch& signals) : pid_(pid), signals_(&signals) {}

    pid_t pid_;
    const SignalWatch* signals_;
};

}  // namespace plimsoll::cli
