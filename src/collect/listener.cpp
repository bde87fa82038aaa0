#include "collect/listener.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "collect/seqpacket.hpp"

namespace plimsoll::collect {
namespace {

bool wake_on(int epoll, int socket) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    return ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) == 0;
}

bool may_come_in(uid_t user) { return user == ::geteuid() || user == 0 || ::geteuid() == 0; }

UniqueFd any_descriptor() { return UniqueFd(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

}  // namespace

Listener::Listener(UniqueFd socket, UniqueFd epoll)
    : socket_(std::move(socket)), epoll_(std::move(epoll)), spare_(any_descriptor()) {}

bool is_listened_to(const std::string& path) {
    const Result<UniqueFd> socket = connect_to(path);
    return socket || socket.error().number == EAGAIN;
}

Result<Listener> Listener::listen(const std::string& path) {
    Result<UniqueFd> socket = listen_at(path);
    if (!socket) return socket.error();
    return adopt(std::move(socket).value());
}

Result<Listener> Listener::adopt(UniqueFd socket) {
    UniqueFd epoll(::epoll_create1(EPOLL_CLOEXEC));
    if (!epoll || !wake_on(epoll.get(), socket.get())) {
        return Error{"the socket cannot be waited for", errno};
    }
    return Listener(std::move(socket), std::move(epoll));
}

void Listener::refuse(const Peer& peer, const char* why) {
    if (refusals_.size() < kMostRefusals) refusals_.push_back({peer.pid, peer.user, why});
}

bool Listener::let_in() {
    UniqueFd socket(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!socket && (errno == EINTR || errno == ECONNABORTED)) return true;
    if (!socket && (errno == EMFILE || errno == ENFILE) && spare_) {
        // Who is not let in would wake us for ever.
        spare_.reset();
        socket.reset(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (socket) refuse({UniqueFd(), UniqueFd(), 0, 0}, "no descriptors are left");
        socket.reset();
        spare_ = any_descriptor();
        return false;
    }
    if (!socket) return false;
    const std::optional<ucred> who = peer_of(socket.get());
    if (!who) return true;
    UniqueFd process = process_of(socket.get());
    Peer peer{std::move(socket), std::move(process), who->pid, who->uid};
    if (!may_come_in(peer.user)) {
        refuse(peer, "it is of another user");
        return true;
    }
    if (waiting_.size() >= kMostWaiting) {
        refuse(waiting_.front(), "it connected and sent nothing, and others wait");
        waiting_.pop_front();
    }
    if (wake_on(epoll_.get(), peer.socket.get())) waiting_.push_back(std::move(peer));
    return true;
}

// What it sent; nothing when it is gone or turned away.
std::optional<Visitor> Listener::hear(std::list<Peer>::iterator peer) {
    Result<Message> message = receive(peer->socket.get());
    if (!message && message.error().number == EAGAIN) return std::nullopt;
    std::optional<Visitor> visitor;
    if (message) {
        Visitor& to = visitor.emplace();
        if (!message.value().descriptors.empty()) {
            to.arrival.segment = std::move(message.value().descriptors.front());
        }
        to.arrival.pid = peer->pid;
        to.arrival.process = std::move(peer->process);
        to.arrival.user = peer->user;
        to.message = std::move(message.value().bytes);
        ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, peer->socket.get(), nullptr);
        to.socket = std::move(peer->socket);
    } else {
        refuse(*peer, message.error().number == ECONNRESET ? "it connected and sent nothing"
                                                           : message.error().text);
    }
    waiting_.erase(peer);
    return visitor;
}

std::optional<Visitor> Listener::next() {
    constexpr int kMostAtOnce = 64;
    for (int i = 0; i < kMostAtOnce; ++i) {
        epoll_event event{};
        if (::epoll_wait(epoll_.get(), &event, 1, 0) <= 0) return std::nullopt;
        if (event.data.fd == socket_.get()) {
            if (!let_in()) return std::nullopt;
            continue;
        }
        for (auto peer = waiting_.begin(); peer != waiting_.end(); ++peer) {
            if (peer->socket.get() != event.data.fd) continue;
            if (std::optional<Visitor> visitor = hear(peer)) return visitor;
            break;
        }
    }
    return std::nullopt;
}

std::optional<Arrival> Listener::accept() {
    while (std::optional<Visitor> visitor = next()) {
        if (visitor->arrival.segment) return std::move(visitor->arrival);
    }
    return std::nullopt;
}

}  // namespace plimsoll::collect
