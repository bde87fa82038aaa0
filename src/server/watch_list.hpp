#pragma once

#include <sys/types.h>

#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "collect/watched_process.hpp"
#include "metrics/maxima.hpp"
#include "server/limits.hpp"

namespace plimsoll::server {

// A process that is watched, and its segment, to be passed on.
struct Watched {
    using Key = std::pair<dev_t, ino_t>;  // of the segment

    Key key;
    collect::WatchedProcess process;
    UniqueFd segment;
    bool ended = false;
    bool peaks_watched = false;  // since somebody asked for its peaks
};

// What is left of a process that has ended.
struct LastWord {
    uid_t user = 0;
    ledger::ProcessView process;
    std::uint64_t events_lost = 0;
    std::vector<metrics::DeviceMaximum> maxima;  // since somebody asked for its peaks
};

// The processes that are watched: each until it has ended, and then its last word.
//
// Limits: of processes, in all and for each user, more are refused; of last words the oldest are
// forgotten. Threads: one.
class WatchList {
  public:
    explicit WatchList(const Limits& limits) : limits_(limits) {}

    enum class Adopted { yes, known, refused };

    // Takes a segment over, which may have come before, by another way. `why`: of a refusal.
    Adopted adopt(collect::Arrival arrival, std::string* why = nullptr);
    // Takes over what is found in running processes. Returns how many were new.
    std::size_t adopt_running();

    // Reads new events; returns how many there were.
    std::size_t drain();

    // Those that have ended since the last call, as they were at their end.
    std::vector<LastWord> retire_ended();

    // Those that run.
    [[nodiscard]] std::vector<Watched>& running() { return entries_; }
    [[nodiscard]] Watched* find(pid_t pid);
    [[nodiscard]] std::vector<ledger::ProcessView> figures();
    [[nodiscard]] std::vector<uid_t> users() const;  // in the same order
    [[nodiscard]] const std::deque<LastWord>& last_words() const { return last_words_; }

  private:
    [[nodiscard]] LastWord last_word(Watched& entry, bool replaced) const;

    Limits limits_;
    std::vector<Watched> entries_;
    std::set<Watched::Key> known_;
    std::map<uid_t, std::size_t> of_user_;
    std::deque<LastWord> last_words_;
    std::uint64_t searches_ = 0;
};

}  // namespace plimsoll::server
