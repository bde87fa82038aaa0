#pragma once

#include <sys/types.h>

#include <optional>

namespace plimsoll::collect {

// The number of the process behind a pidfd, as it is counted here; 0: it has none here.
pid_t pid_of(int pidfd);

// Whether the process behind a pidfd has ended.
bool has_ended(int pidfd);

// How it ended, in the form of wait(), of a process that is not our child. Nothing while it runs
// and where the kernel does not tell (before Linux 6.15).
std::optional<int> wait_status(int pidfd);

// The same of one that its parent has not waited for yet; nothing when it is not in that state, or
// not ours to look into.
std::optional<int> status_of_zombie(pid_t pid);

}  // namespace plimsoll::collect
