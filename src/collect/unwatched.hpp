#pragma once

#include <sys/types.h>

#include <optional>
#include <set>
#include <vector>

#include "ledger/sighting.hpp"

namespace plimsoll::collect {

// A process that has loaded the runtime and not the agent, as far as this user may look into it.
// Nothing: it has not, or has both, or has ended. Costs a look at its list of mapped files.
std::optional<ledger::Unwatched> unwatched(pid_t pid);

// All of those, ascending by pid. `without`: processes that are not looked into.
std::vector<ledger::Unwatched> find_unwatched(const std::set<pid_t>& without);

}  // namespace plimsoll::collect
