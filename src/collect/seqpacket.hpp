#pragma once

#include <sys/socket.h>

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

// Unix sockets of type SOCK_SEQPACKET: one send is one message, whole or not at all.
namespace plimsoll::collect {

inline constexpr std::size_t kLongestMessage = 64u << 10;

// A message, and the descriptors that came with it: at most kMostDescriptors, others are closed.
struct Message {
    std::string bytes;
    std::vector<UniqueFd> descriptors;
};
inline constexpr std::size_t kMostDescriptors = 2;

// Never blocks. Error: EAGAIN when there is none yet, ECONNRESET when the peer has closed (or sent
// an empty one), EMSGSIZE for one that is too long, or errno.
Result<Message> receive(int socket);

// Sends `bytes` as one message with borrowed descriptors. Never blocks. 0, or errno.
int send(int socket, const std::string& bytes, const std::vector<int>& descriptors = {});

// Error: errno; EADDRINUSE where a socket is already.
Result<UniqueFd> listen_at(const std::string& path);
// A socket that does not block. Error: errno; EAGAIN: a server is there and has many to serve.
Result<UniqueFd> connect_to(const std::string& path);

// Who is at the other end, as of its connect(). The number is 0 when it has none in our namespace.
std::optional<ucred> peer_of(int socket);
// Whether the one at the other end belongs to the group.
bool is_in_group(int socket, gid_t group);
// Its pidfd; empty where the kernel gives none (the process is gone, or of another namespace before
// Linux 6.5).
UniqueFd process_of(int socket);

}  // namespace plimsoll::collect
