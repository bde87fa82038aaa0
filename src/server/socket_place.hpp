#pragma once

#include <filesystem>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace plimsoll::server {

// Listens at `path`. The folder is made if need be, and a socket taken away that a server left
// behind which is gone. Root's may be reached by all users, any other only by its own user.
// Error: a server listens there already (EADDRINUSE), or errno.
Result<UniqueFd> take_place(const std::filesystem::path& path);

}  // namespace plimsoll::server
