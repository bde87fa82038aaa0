#pragma once

#include <sys/types.h>

#include <deque>
#include <set>
#include <utility>
#include <vector>

#include "collect/watched_process.hpp"

namespace plimsoll::server {

// The processes that are watched: each until it has ended, and then its last word.
//
// Limits: kMostProcesses at once, kMostLastWords after; more of the first are refused, of the
// second the oldest are forgotten. Threads: one.
class WatchList {
  public:
    static constexpr std::size_t kMostProcesses = 4096;
    static constexpr std::size_t kMostLastWords = 256;

    enum class Adopted { yes, known, refused, too_many };

    // Takes a segment over, which may have come before, by another way.
    Adopted adopt(collect::Arrival arrival);
    // Takes over what is found in running processes. Returns how many were new.
    std::size_t adopt_running();

    // Reads new events; returns how many there were.
    std::size_t drain();

    // Those that have ended since the last call, as they were at their end.
    std::vector<ledger::ProcessView> retire_ended();

    // Of those that run.
    [[nodiscard]] std::vector<ledger::ProcessView> figures();
    [[nodiscard]] const std::deque<ledger::ProcessView>& last_words() const { return last_words_; }

  private:
    using Key = std::pair<dev_t, ino_t>;

    struct Entry {
        Key key;
        collect::WatchedProcess process;
    };

    std::vector<Entry> entries_;
    std::set<Key> known_;
    std::deque<ledger::ProcessView> last_words_;
};

}  // namespace plimsoll::server
