#pragma once

#include <filesystem>

namespace plimsoll::protocol {

// Where processes look for the server: $PLIMSOLL_SOCKET, else plimsoll/plimsolld.sock in
// $XDG_RUNTIME_DIR, else in /run. The agent looks in the same places.
std::filesystem::path socket_path();

}  // namespace plimsoll::protocol
