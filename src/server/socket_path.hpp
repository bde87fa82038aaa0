#pragma once

#include <filesystem>

#include "base/result.hpp"

namespace plimsoll::server {

// Where processes look for the server: $PLIMSOLL_SOCKET, else plimsoll/plimsolld.sock in
// $XDG_RUNTIME_DIR, else in /run. The agent looks in the same places.
std::filesystem::path socket_path();

// Makes the folder, which only this user may enter, and takes away a socket that a server left
// behind which is gone. Error: a server listens there already (EADDRINUSE), or errno.
Result<bool> make_room(const std::filesystem::path& socket);

}  // namespace plimsoll::server
