#pragma once

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "http/address.hpp"

namespace plimsoll::http {

// A socket that listens at `address` and does not block. A socket file that a server left behind
// which is gone is taken away. Root's may be reached by all users, who are told of what is theirs;
// any other only by its own user.
// Error: EADDRINUSE where a server listens, ENAMETOOLONG for a path, or errno.
Result<UniqueFd> listen_at(const Address& address);

// Where it listens: with the port that was chosen, if any was asked for.
Address place_of(int socket, const Address& asked);

}  // namespace plimsoll::http
