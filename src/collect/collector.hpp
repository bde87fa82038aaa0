#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "collect/listener.hpp"
#include "collect/watched_process.hpp"

namespace plimsoll::collect {

// Takes over the segments of all processes of one run and keeps their ledgers.
//
// Limits: kMostProcesses segments; those beyond are refused and counted in notes().
class Collector {
  public:
    static constexpr std::size_t kMostProcesses = 4096;

    // What is kept of each process beside its books.
    enum class Keep : std::uint8_t { nothing, history };

    explicit Collector(Listener listener, Keep keep = Keep::nothing)
        : listener_(std::move(listener)), keep_(keep) {}

    // Becomes readable when a segment waits.
    [[nodiscard]] int fd() const { return listener_.fd(); }

    // Takes over what waits and reads what is new; returns how many events there were.
    std::size_t collect();

    // The processes in the order they came. `child` ended with `status`, as wait() tells it.
    std::vector<ledger::ProcessView> views(pid_t child, std::optional<int> status);

    // What went wrong, one sentence each.
    [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

  private:
    void take_over(Arrival arrival);

    Listener listener_;
    Keep keep_;
    std::vector<WatchedProcess> processes_;
    std::vector<std::string> notes_;
};

}  // namespace plimsoll::collect
