#include "collect/listener.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace plimsoll::collect {
namespace {

// The first descriptor of a message; further ones are closed.
UniqueFd received_descriptor(msghdr& message) {
    UniqueFd first;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            UniqueFd owned(fd);
            if (!first) first = std::move(owned);
        }
    }
    return first;
}

// Nothing when the path is too long for one.
std::optional<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return std::nullopt;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

UniqueFd receive(int peer) {
    std::uint64_t hello = 0;
    iovec part{&hello, sizeof hello};
    alignas(cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (::recvmsg(peer, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) < 0) return {};
    return received_descriptor(message);
}

}  // namespace

bool is_listened_to(const std::string& path) {
    const std::optional<sockaddr_un> address = address_of(path);
    const UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    return address && socket &&
           (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&*address),
                      sizeof *address) == 0 ||
            errno == EAGAIN);  // it does, and has many to serve
}

Result<Listener> Listener::listen(const std::string& path) {
    const std::optional<sockaddr_un> address = address_of(path);
    if (!address) return Error{"the path is too long", ENAMETOOLONG};
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return Error{"no socket", errno};
    if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        return Error{"the socket cannot be bound", errno};
    }
    if (::listen(socket.get(), SOMAXCONN) != 0) return Error{"the socket cannot listen", errno};
    return Listener(std::move(socket));
}

std::optional<Arrival> Listener::accept() {
    for (;;) {
        const UniqueFd peer(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!peer) {
            if (errno == EINTR || errno == ECONNABORTED) continue;
            return std::nullopt;
        }
        ucred who{};
        socklen_t size = sizeof who;
        if (::getsockopt(peer.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) continue;
        const bool ours = who.uid == ::geteuid() || who.uid == 0 || ::geteuid() == 0;
        if (!ours) continue;
        // The client sends right after it connects, without waiting in between; a moment is
        // granted to one that the scheduler stopped there.
        constexpr int kGrantedMs = 100;
        pollfd readable{peer.get(), POLLIN, 0};
        if (::poll(&readable, 1, kGrantedMs) <= 0) continue;
        Arrival arrival;
        arrival.segment = receive(peer.get());
        if (!arrival.segment) continue;
        arrival.pid = who.pid;
        arrival.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, who.pid, 0)));
        return arrival;
    }
}

}  // namespace plimsoll::collect
