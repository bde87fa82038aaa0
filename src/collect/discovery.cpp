#include "collect/discovery.hpp"

#include "collect/segment_search.hpp"
#include "collect/watched_process.hpp"

namespace plimsoll::collect {

Sighting look_around(Wanted wanted) {
    Sighting sighting;
    for (FoundSegment& segment : find_segments()) {
        if (!is_owner(segment)) continue;
        const pid_t pid = segment.arrival.pid;
        Result<WatchedProcess> found = WatchedProcess::adopt(std::move(segment.arrival));
        if (!found) {
            sighting.notes.push_back("process " + std::to_string(pid) +
                                     " has a segment that is refused: " + found.error().text);
            continue;
        }
        WatchedProcess& process = found.value();
        if (process.has_ended()) continue;
        if (wanted == Wanted::figures) {
            sighting.processes.push_back(process.figures());
            continue;
        }
        // All that the rings hold, unless the process writes faster than that.
        constexpr int kMostDrains = 8;
        for (int i = 0; i < kMostDrains && process.drain() != 0; ++i) {
        }
        ledger::ProcessView view = process.view(std::nullopt);
        if (view.state == ledger::ProcessState::running) {
            sighting.processes.push_back(std::move(view));
        }
    }
    return sighting;
}

}  // namespace plimsoll::collect
