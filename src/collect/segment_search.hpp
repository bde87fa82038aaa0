#pragma once

#include <sys/types.h>

#include <set>
#include <vector>

#include "collect/listener.hpp"

namespace plimsoll::collect {

// Every process there is, by its number here; ascending.
std::vector<pid_t> all_processes();

// A segment that a process which runs holds open, and the number which that process has in its own,
// innermost pid namespace.
struct FoundSegment {
    Arrival arrival;
    pid_t innermost_pid = 0;
};

// Those of every process that this user may look into, through /proc; ascending by pid. A child
// that was forked, or whoever collects, holds the segments of others too.
// `without`: processes that are not looked into.
std::vector<FoundSegment> find_segments(const std::set<pid_t>& without = {});
// Those of one process.
std::vector<FoundSegment> find_segments_of(pid_t pid);

// Those of this process, whatever its number is where /proc was mounted.
std::vector<FoundSegment> find_own_segments();

// Whether it is that process's own, as far as the segment says.
bool is_owner(const FoundSegment& found);

}  // namespace plimsoll::collect
