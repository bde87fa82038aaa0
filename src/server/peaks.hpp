#pragma once

#include <vector>

#include "metrics/maxima.hpp"
#include "server/watch_list.hpp"

namespace plimsoll::server {

// The most that a process held on each chip since its peaks were watched anew; where they never
// were, since it began. `figures`: its own, taken just now.
std::vector<metrics::DeviceMaximum> maxima_of(const Watched& entry,
                                              const ledger::ProcessView& figures);

}  // namespace plimsoll::server
