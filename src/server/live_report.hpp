#pragma once

#include "collect/asker.hpp"
#include "findings/report.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// What `asker` may see of all that is watched, as one report: processes that run, and the last
// words of those that have ended. Allocations of those processes are listed that hold `most_rows`
// together; of the others there are figures.
findings::Report live_report(WatchList& list, const collect::Asker& asker, std::size_t most_rows);

}  // namespace plimsoll::server
