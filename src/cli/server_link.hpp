#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/unique_fd.hpp"
#include "collect/discovery.hpp"
#include "findings/finding.hpp"
#include "protocol/answer.hpp"
#include "protocol/request.hpp"

namespace plimsoll::cli {

// A connection to the allocation server, where there is one.
class ServerLink {
  public:
    // Nothing: no server is there, or not for this user.
    static std::optional<ServerLink> connect();

    // Waits for the answer, but not longer than a server that is well takes.
    std::variant<protocol::Answer, protocol::Failure> ask(const protocol::Request& request);
    // The descriptors that came with the last answer.
    std::vector<UniqueFd> take_descriptors() { return std::exchange(came_, {}); }

  private:
    explicit ServerLink(UniqueFd socket) : socket_(std::move(socket)) {}

    UniqueFd socket_;
    std::vector<UniqueFd> came_;
};

// Adds to what was seen through /proc what only the server can see: processes in namespaces of
// their own, and those that have died holding memory.
void add_what_the_server_knows(ledger::Sighting& sighting);

// All of one process that the server watches; nothing when there is none.
std::optional<ledger::ProcessView> ask_for_process(std::int32_t pid);

// What grows in a process, as the server has watched it; nothing when there is none.
std::vector<findings::Finding> ask_for_growths(const ledger::Identity& process);

}  // namespace plimsoll::cli
