#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "collect/watched_process.hpp"
#include "ledger/sighting.hpp"

// Running processes, looked at through /proc: those that this user may look into, its own or for
// root all. Nothing has to have been started before; a look leaves nothing behind.
namespace plimsoll::collect {

// The figures of each, and who uses the runtime without being watched. Peaks are what its counters
// know of them.
ledger::Sighting look_around();

// All of one that is watched already, with what its rings still hold.
ledger::ProcessView look_at(WatchedProcess& process);

// All of one, with its allocations; the first of them when it has several ledgers. Peaks rest on
// what its rings still hold of its history too. Nothing: it is not there, or not ours to look into.
std::optional<ledger::ProcessView> look_at_process(pid_t pid);

}  // namespace plimsoll::collect
