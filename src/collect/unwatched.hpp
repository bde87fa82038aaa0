#pragma once

#include <sys/types.h>

#include <optional>

#include "ledger/sighting.hpp"

namespace plimsoll::collect {

// A process that has loaded the runtime and not the agent, as far as this user may look into it.
// Nothing: it has not, or has both, or has ended. Costs a look at its list of mapped files.
std::optional<ledger::Unwatched> unwatched(pid_t pid);

}  // namespace plimsoll::collect
