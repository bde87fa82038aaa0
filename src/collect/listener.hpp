#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace plimsoll::collect {

// A segment somebody handed over, and who that was according to the kernel.
struct Arrival {
    UniqueFd segment;
    pid_t pid = 0;
    UniqueFd process;  // pidfd; empty where the kernel gives none (the process may be gone)
};

// The socket that watched processes hand their segments to: SOCK_SEQPACKET, one message each.
//
// Trust: peers of other users are turned away, unless we are root; of ours, nothing is believed but
//        what the kernel says (credentials) and that a descriptor came.
class Listener {
  public:
    // Error: errno, as bind() and listen() set it.
    static Result<Listener> listen(const std::string& path);

    [[nodiscard]] int fd() const { return socket_.get(); }

    // The next segment that waits; nothing when none does. Never blocks: a peer that connects
    // and sends nothing is dropped.
    std::optional<Arrival> accept();

  private:
    explicit Listener(UniqueFd socket) : socket_(std::move(socket)) {}
    UniqueFd socket_;
};

// Whether somebody listens on the socket at `path`.
bool is_listened_to(const std::string& path);

}  // namespace plimsoll::collect
