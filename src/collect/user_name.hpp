#pragma once

#include <sys/types.h>

#include <string>

namespace plimsoll::collect {

// The user's name, or the number when there is no name. Threads: one at a time.
std::string user_name(uid_t user);

}  // namespace plimsoll::collect
