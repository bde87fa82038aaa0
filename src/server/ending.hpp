#pragma once

#include "base/unique_fd.hpp"

namespace plimsoll::server {

// Readable when the server is asked to end: SIGTERM, SIGINT, SIGHUP, which do nothing else from
// then on.
UniqueFd signals_to_end();

}  // namespace plimsoll::server
