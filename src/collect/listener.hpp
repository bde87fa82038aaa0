#pragma once

#include <sys/types.h>

#include <list>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/unique_fd.hpp"

namespace plimsoll::collect {

// A segment somebody handed over, and who that was according to the kernel.
struct Arrival {
    UniqueFd segment;
    pid_t pid = 0;  // 0: it has no number in our pid namespace
    uid_t user = 0;
    UniqueFd process;  // pidfd; empty where the kernel gives none (the process may be gone)
};

// Somebody who connected and has sent a first message: with a segment, or to ask something.
struct Visitor {
    Arrival arrival;  // its segment is empty when no descriptor came
    std::string message;
    UniqueFd socket;
};

// Somebody who was turned away.
struct Refusal {
    pid_t pid = 0;
    uid_t user = 0;
    const char* why = "";
};

// The socket that watched processes hand their segments to, and that the server is asked at.
//
// Trust:  peers of other users are turned away, unless we are root; of ours, nothing is believed
//         but what the kernel says.
// Limits: kMostWaiting peers that have sent nothing yet: of more, the first are turned away.
class Listener {
  public:
    static constexpr std::size_t kMostWaiting = 64;

    // Error: errno, as bind() and listen() set it.
    static Result<Listener> listen(const std::string& path);
    // Of a socket that listens already.
    static Result<Listener> adopt(UniqueFd socket);

    // Becomes readable when next() has something to do.
    [[nodiscard]] int fd() const { return epoll_.get(); }

    // The next one who has something to say; nothing when there is none. Never blocks.
    std::optional<Visitor> next();
    // The next one with a segment. All others are turned away.
    std::optional<Arrival> accept();

    // Those turned away since the last call; at most kMostRefusals, of more the first.
    static constexpr std::size_t kMostRefusals = 64;
    std::vector<Refusal> take_refusals() { return std::exchange(refusals_, {}); }

  private:
    struct Peer {
        UniqueFd socket;
        UniqueFd process;  // pidfd
        pid_t pid;
        uid_t user;
    };

    Listener(UniqueFd socket, UniqueFd epoll);
    // False: nobody waits to be let in.
    bool let_in();
    std::optional<Visitor> hear(std::list<Peer>::iterator peer);
    void refuse(const Peer& peer, const char* why);

    UniqueFd socket_;
    UniqueFd epoll_;
    UniqueFd spare_;  // given up to turn somebody away when there are no descriptors left
    std::list<Peer> waiting_;
    std::vector<Refusal> refusals_;
};

// Whether somebody listens on the socket at `path`.
bool is_listened_to(const std::string& path);

}  // namespace plimsoll::collect
