#include "server/watch_list.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include "collect/segment_search.hpp"
#include "server/peaks.hpp"

namespace plimsoll::server {

WatchList::Adopted WatchList::adopt(collect::Arrival arrival, std::string* why) {
    const auto refuse = [why](std::string text) {
        if (why != nullptr) *why = std::move(text);
        return Adopted::refused;
    };
    struct stat status {};
    if (::fstat(arrival.segment.get(), &status) != 0) return refuse("no file came");
    const Watched::Key key{status.st_dev, status.st_ino};
    if (known_.contains(key)) return Adopted::known;
    if (entries_.size() >= limits_.processes) {
        return refuse("as many processes are watched as may be");
    }
    if (of_user_[arrival.user] >= limits_.processes_per_user) {
        return refuse("as many processes of this user are watched as may be");
    }
    UniqueFd segment(::fcntl(arrival.segment.get(), F_DUPFD_CLOEXEC, 0));
    Result<collect::WatchedProcess> process = collect::WatchedProcess::adopt(std::move(arrival));
    if (!process) return refuse(process.error().text);
    ++of_user_[process.value().user()];
    known_.insert(key);
    entries_.push_back({key, std::move(process).value(), std::move(segment)});
    return Adopted::yes;
}

std::size_t WatchList::adopt_running() {
    // One that is known may have become another program, without reaching the socket: seldom.
    constexpr std::uint64_t kSearchesBetween = 6;
    std::set<pid_t> known;
    if (searches_++ % kSearchesBetween != 0) {
        for (const Watched& entry : entries_) known.insert(entry.process.pid());
    }
    std::size_t count = 0;
    for (collect::FoundSegment& found : collect::find_segments(known)) {
        if (!collect::is_owner(found)) continue;
        if (adopt(std::move(found.arrival)) == Adopted::yes) ++count;
    }
    return count;
}

std::size_t WatchList::drain() {
    std::size_t events = 0;
    for (Watched& entry : entries_) events += entry.process.drain_if_busy();
    return events;
}

// With as many of its allocations as a report would name.
LastWord WatchList::last_word(Watched& entry, bool replaced) const {
    constexpr std::size_t kMostRows = 100;
    collect::WatchedProcess& process = entry.process;
    const bool few = process.live_count() <= limits_.rows;
    LastWord word{process.user(), {}, 0, {}};
    word.process = replaced ? process.view_at_exec() : few ? process.view() : process.figures();
    word.events_lost = process.events_lost();
    word.maxima = maxima_of(entry, word.process);
    if (word.process.held.size() > kMostRows) word.process.held.resize(kMostRows);
    if (word.process.ended.size() > kMostRows) word.process.ended.resize(kMostRows);
    return word;
}

std::vector<LastWord> WatchList::retire_ended() {
    std::map<pid_t, std::size_t> newest;
    for (std::size_t i = 0; i < entries_.size(); ++i) newest[entries_[i].process.pid()] = i;
    std::vector<LastWord> ended;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        collect::WatchedProcess& process = entries_[i].process;
        const std::size_t last = newest[process.pid()];
        const bool replaced = last != i && process.became(entries_[last].process);
        entries_[i].ended = replaced || process.has_ended();
        if (!entries_[i].ended) continue;
        ended.push_back(last_word(entries_[i], replaced));
        if (--of_user_[process.user()] == 0) of_user_.erase(process.user());
        known_.erase(entries_[i].key);
    }
    std::erase_if(entries_, [](const Watched& entry) { return entry.ended; });
    for (const LastWord& word : ended) {
        last_words_.push_back(word);
        if (last_words_.size() > limits_.history) last_words_.pop_front();
    }
    return ended;
}

Watched* WatchList::find(pid_t pid) {
    for (Watched& entry : entries_) {
        if (entry.process.pid() == pid) return &entry;
    }
    return nullptr;
}

std::vector<ledger::ProcessView> WatchList::figures() {
    std::vector<ledger::ProcessView> views;
    views.reserve(entries_.size());
    for (Watched& entry : entries_) views.push_back(entry.process.figures());
    return views;
}

std::vector<uid_t> WatchList::users() const {
    std::vector<uid_t> users;
    users.reserve(entries_.size());
    for (const Watched& entry : entries_) users.push_back(entry.process.user());
    return users;
}

}  // namespace plimsoll::server
