#include "server/reception.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include "collect/seqpacket.hpp"

namespace plimsoll::server {

using protocol::Failure;

std::vector<pollfd> Reception::waits() const {
    std::vector<pollfd> waits;
    waits.push_back({listener_.fd(), POLLIN, 0});
    for (const Client& client : clients_) {
        const short writable = client.conversation.queued() > 0 ? POLLOUT : 0;
        waits.push_back({client.conversation.fd(), static_cast<short>(POLLIN | writable), 0});
    }
    return waits;
}

std::size_t Reception::connections_of(uid_t user) const {
    return static_cast<std::size_t>(
        std::count_if(clients_.begin(), clients_.end(),
                      [user](const Client& client) { return client.conversation.user() == user; }));
}

std::size_t Reception::queued_of(uid_t user) const {
    std::size_t bytes = 0;
    for (const Client& client : clients_) {
        if (client.conversation.user() == user) bytes += client.conversation.queued();
    }
    return bytes;
}

std::string Reception::why_full(uid_t user) const {
    if (clients_.size() >= limits_.connections) return "as many clients are connected as may be";
    if (connections_of(user) < limits_.connections_per_user) return {};
    return "as many clients of this user are connected as may be";
}

void Reception::welcome(collect::Visitor visitor) {
    const pid_t pid = visitor.arrival.pid;
    const uid_t user = visitor.arrival.user;
    if (visitor.arrival.segment) {
        std::string why;
        if (list_->adopt(std::move(visitor.arrival), &why) == WatchList::Adopted::refused) {
            log_.refused(pid, user, why);
        }
        return;
    }
    Client client{Conversation(std::move(visitor), limits_.request_bytes), std::nullopt};
    std::string full = why_full(user);
    if (!full.empty()) {  // unless some of them have left meanwhile
        serve_clients();
        full = why_full(user);
    }
    if (!full.empty()) {
        log_.refused(pid, user, full);
        client.conversation.say(protocol::write_failure({Failure::Code::too_many, full, "null"}));
        client.conversation.flush();
        return;
    }
    if (limits_.group && collect::is_in_group(client.conversation.fd(), *limits_.group)) {
        client.conversation.let_see_all();
    }
    clients_.push_back(std::move(client));
    if (!serve(clients_.back())) clients_.pop_back();
}

// The one who fetches least loses its connection, not the one who asks.
void Reception::keep_within_limit(uid_t user) {
    while (queued_of(user) > limits_.queued_bytes_per_user) {
        Client* most = nullptr;
        for (Client& client : clients_) {
            if (client.conversation.user() != user || client.conversation.is_ending()) continue;
            const bool more =
                most == nullptr || client.conversation.queued() > most->conversation.queued();
            if (more) most = &client;
        }
        if (most == nullptr) return;
        const char* why = "it does not fetch its answers";
        log_.refused(most->conversation.pid(), user, why);
        most->conversation.end_with(
            protocol::write_failure({Failure::Code::too_many, why, "null"}));
    }
}

void Reception::answer(Client& client, const std::string& text) {
    Conversation& to = client.conversation;
    auto read = protocol::read_request(text);
    if (const auto* failure = std::get_if<Failure>(&read)) {
        to.say(protocol::write_failure(*failure));
        return;
    }
    const auto& request = std::get<protocol::Request>(read);
    if (answers_.answer(to, request)) client.watcher.emplace(request.selection);
}

bool Reception::serve(Client& client) {
    Conversation& with = client.conversation;
    while (const std::optional<std::string> request = with.next_request()) {
        answer(client, *request);
        with.flush();
        keep_within_limit(with.user());
    }
    if (with.is_broken()) {
        with.say(protocol::write_failure(
            {Failure::Code::bad_frame,
             fmt::format("a frame of 1 to {} bytes was expected", limits_.request_bytes), "null"}));
        log_.refused(with.pid(), with.user(), "what it sends is no frame");
        with.flush();
        return false;
    }
    return with.flush() && !with.is_over();
}

void Reception::serve_clients() {
    for (auto client = clients_.begin(); client != clients_.end();) {
        Conversation& with = client->conversation;
        const bool stays = with.listen() && serve(*client);
        if (!stays && *with.why() != '\0') log_.refused(with.pid(), with.user(), with.why());
        client = stays ? std::next(client) : clients_.erase(client);
    }
}

bool Reception::serve() {
    bool any = false;
    while (std::optional<collect::Visitor> visitor = listener_.next()) {
        welcome(std::move(*visitor));
        any = true;
    }
    for (const collect::Refusal& refusal : listener_.take_refusals()) {
        log_.refused(refusal.pid, refusal.user, refusal.why);
    }
    serve_clients();
    log_.flush();
    return any;
}

void Reception::tell_watchers(const std::vector<ledger::ProcessView>& figures,
                              const std::vector<uid_t>& users) {
    const Watcher::Clock::time_point now = Watcher::Clock::now();
    for (Client& client : clients_) {
        if (!client.watcher) continue;
        const bool has_fetched = client.conversation.queued() == 0;
        std::vector<const ledger::ProcessView*> visible;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            if (client.conversation.may_see(users[i])) visible.push_back(&figures[i]);
        }
        const std::string change = client.watcher->change(visible, has_fetched, now);
        if (change.empty()) continue;
        client.conversation.say(protocol::write_answer("null", "change", change));
        client.conversation.flush();
    }
}

bool Reception::has_watchers() const {
    return std::any_of(clients_.begin(), clients_.end(),
                       [](const Client& client) { return client.watcher.has_value(); });
}

}  // namespace plimsoll::server
