#pragma once

#include <sys/types.h>

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

// The watched command. While it runs, keyboard signals go to it alone (it shares our terminal),
// and requests to end are passed on to it, so that its end is told and not only ours.
class Child {
  public:
    // Error: errno of the search for the program or of its start.
    static Result<Child> start(const std::vector<std::string>& command,
                               const EnvironmentChanges& changes);

    Child(Child&&) = default;
    Child& operator=(Child&&) = default;

    [[nodiscard]] pid_t pid() const { return pid_; }

    // Becomes readable when there is something for reap() to do.
    [[nodiscard]] int fd() const { return signals_.get(); }

    // Passes signals on; the status of wait() once the command has ended.
    std::optional<int> reap();

  private:
    Child(pid_t pid, UniqueFd signals) : pid_(pid), signals_(std::move(signals)) {}

    pid_t pid_;
    UniqueFd signals_;
};

}  // namespace plimsoll::cli
