#include "server/watch_list.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>

#include "collect/segment_search.hpp"

namespace plimsoll::server {

WatchList::Adopted WatchList::adopt(collect::Arrival arrival) {
    struct stat status {};
    if (::fstat(arrival.segment.get(), &status) != 0) return Adopted::refused;
    const Key key{status.st_dev, status.st_ino};
    if (known_.contains(key)) return Adopted::known;
    if (entries_.size() >= kMostProcesses) return Adopted::too_many;
    Result<collect::WatchedProcess> process = collect::WatchedProcess::adopt(std::move(arrival));
    if (!process) return Adopted::refused;
    known_.insert(key);
    entries_.push_back({key, std::move(process).value()});
    return Adopted::yes;
}

std::size_t WatchList::adopt_running() {
    std::size_t count = 0;
    for (collect::FoundSegment& found : collect::find_segments()) {
        if (!collect::is_owner(found)) continue;
        if (adopt(std::move(found.arrival)) == Adopted::yes) ++count;
    }
    return count;
}

std::size_t WatchList::drain() {
    std::size_t events = 0;
    for (Entry& entry : entries_) events += entry.process.drain();
    return events;
}

std::vector<ledger::ProcessView> WatchList::retire_ended() {
    std::vector<ledger::ProcessView> ended;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
        const bool replaced =
            std::any_of(std::next(entry), entries_.end(),
                        [&](const Entry& later) { return entry->process.became(later.process); });
        if (!replaced && !entry->process.has_ended()) {
            ++entry;
            continue;
        }
        ended.push_back(replaced ? entry->process.view_at_exec()
                                 : entry->process.view(std::nullopt));
        known_.erase(entry->key);
        entry = entries_.erase(entry);
    }
    for (const ledger::ProcessView& view : ended) {
        last_words_.push_back(view);
        if (last_words_.size() > kMostLastWords) last_words_.pop_front();
    }
    return ended;
}

std::vector<ledger::ProcessView> WatchList::figures() {
    std::vector<ledger::ProcessView> views;
    views.reserve(entries_.size());
    for (Entry& entry : entries_) views.push_back(entry.process.figures());
    return views;
}

}  // namespace plimsoll::server
