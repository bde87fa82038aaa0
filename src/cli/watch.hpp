#pragma once

#include "cli/child.hpp"
#include "collect/collector.hpp"
#include "findings/report.hpp"

namespace plimsoll::cli {

// Watches until the command has ended; returns wait()'s status. Sleeps longer the less there is
// to read: rings hold what happens meanwhile. `collector`: nullptr when nothing is collected.
int watch(Child& child, const SignalWatch& signals, collect::Collector* collector);

// How the command ended and what was seen of it. `status`: of wait(), for `child`.
findings::Report report_of_end(collect::Collector& collector, pid_t child, int status);

}  // namespace plimsoll::cli
