#pragma once

#include <poll.h>

#include <list>
#include <optional>
#include <vector>

#include "collect/listener.hpp"
#include "server/answers.hpp"
#include "server/log.hpp"
#include "server/watcher.hpp"

namespace plimsoll::server {

// Everybody at the server's socket: processes that hand their segments over, and clients that ask.
//
// Threads: one. Nobody is waited for; a client that breaks a rule or a limit is told and loses its
// connection, and the log names it.
class Reception {
  public:
    Reception(collect::Listener listener, WatchList& list, const Limits& limits)
        : listener_(std::move(listener)), list_(&list), limits_(limits), answers_(list, limits) {}

    // What to wait for.
    [[nodiscard]] std::vector<pollfd> waits() const;

    // Serves all that wait; returns whether anybody did.
    bool serve();
    // Tells those that watch what has changed.
    void tell_watchers(const std::vector<ledger::ProcessView>& figures,
                       const std::vector<uid_t>& users);
    [[nodiscard]] bool has_watchers() const;

  private:
    struct Client {
        Conversation conversation;
        std::optional<Watcher> watcher;
    };

    void welcome(collect::Visitor visitor);
    void serve_clients();
    [[nodiscard]] std::string why_full(uid_t user) const;
    // False: the client has to go.
    bool serve(Client& client);
    void answer(Client& client, const std::string& text);
    [[nodiscard]] std::size_t connections_of(uid_t user) const;
    [[nodiscard]] std::size_t queued_of(uid_t user) const;
    void keep_within_limit(uid_t user);

    collect::Listener listener_;
    WatchList* list_;
    Limits limits_;
    Answers answers_;
    Log log_;
    std::list<Client> clients_;
};

}  // namespace plimsoll::server
