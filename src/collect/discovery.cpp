#include "collect/discovery.hpp"

#include <set>

#include "collect/segment_search.hpp"
#include "collect/unwatched.hpp"
#include "collect/watched_process.hpp"

namespace plimsoll::collect {

ledger::Sighting look_around() {
    ledger::Sighting sighting;
    std::set<pid_t> with_segment;
    for (FoundSegment& segment : find_segments()) {
        if (!is_owner(segment)) continue;
        const pid_t pid = segment.arrival.pid;
        with_segment.insert(pid);
        Result<WatchedProcess> found = WatchedProcess::adopt(std::move(segment.arrival));
        if (!found) {
            sighting.notes.push_back("process " + std::to_string(pid) +
                                     " has a segment that is refused: " + found.error().text);
        } else if (!found.value().has_ended()) {
            sighting.processes.push_back(found.value().figures());
        }
    }
    sighting.unwatched = find_unwatched(with_segment);
    return sighting;
}

ledger::ProcessView look_at(WatchedProcess& process) {
    // Unless the process writes faster than that.
    constexpr int kMostDrains = 8;
    for (int i = 0; i < kMostDrains && process.drain() != 0; ++i) {
    }
    return process.view();
}

std::optional<ledger::ProcessView> look_at_process(pid_t pid) {
    for (FoundSegment& segment : find_segments_of(pid)) {
        if (!is_owner(segment)) continue;
        Result<WatchedProcess> found = WatchedProcess::adopt(std::move(segment.arrival));
        if (!found) continue;
        ledger::ProcessView view = look_at(found.value());
        if (view.state == ledger::ProcessState::running) return view;
    }
    return std::nullopt;
}

}  // namespace plimsoll::collect
