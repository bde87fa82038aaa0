#pragma once

#include "client/state.hpp"

namespace plimsoll::client {

// The clients of this process, for what concerns them all: fork and the end of a thread.
// A process has one; tests have a few.
inline constexpr std::size_t kMaxClients = 8;

// False when there are too many.
bool enroll(plimsoll_client* client);
void dismiss(plimsoll_client* client);

// Asks to be called when the calling thread ends, so that its rings can be used again.
void watch_end_of_thread();

}  // namespace plimsoll::client
