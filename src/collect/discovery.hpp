#pragma once

#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::collect {

// What was found on this host at one moment.
struct Sighting {
    std::vector<ledger::ProcessView> processes;  // that run, ascending by pid
    std::vector<std::string> notes;              // what could not be looked at, one sentence each
};

enum class Wanted { figures, all };

// Looks for segments through /proc, in every process that this user may look into: its own, or all
// of them for root. Nothing has to have been started before; a look leaves nothing behind.
//
// Peaks rest on what a process's counters, or for `all` its rings too, still know of its history,
// so those of a busy one are "at least".
Sighting look_around(Wanted wanted);

}  // namespace plimsoll::collect
