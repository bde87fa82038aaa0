#pragma once

#include "cli/child.hpp"
#include "collect/collector.hpp"

namespace plimsoll::cli {

// Watches until the command has ended; returns wait()'s status. Sleeps longer the less there is
// to read: rings hold what happens meanwhile. `collector`: nullptr when nothing is collected.
int watch(Child& child, const SignalWatch& signals, collect::Collector* collector);

}  // namespace plimsoll::cli
