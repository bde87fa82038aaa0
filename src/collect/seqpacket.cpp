#include "collect/seqpacket.hpp"

#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

namespace plimsoll::collect {
namespace {

std::vector<UniqueFd> descriptors_of(msghdr& message) {
    std::vector<UniqueFd> kept;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
         part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(part) + i * sizeof fd, sizeof fd);
            UniqueFd owned(fd);
            if (kept.size() < kMostDescriptors) kept.push_back(std::move(owned));
        }
    }
    return kept;
}

Result<UniqueFd> socket_for(const std::string& path, sockaddr_un& address) {
    address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return Error{"the path is too long", ENAMETOOLONG};
    std::memcpy(address.sun_path, path.data(), path.size());
    UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket) return Error{"no socket", errno};
    return socket;
}

}  // namespace

Result<Message> receive(int socket) {
    Message received;
    received.bytes.resize(kLongestMessage);
    iovec part{received.bytes.data(), received.bytes.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(4 * sizeof(int))];
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t size = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (size < 0) return Error{"nothing can be received", errno};
    received.descriptors = descriptors_of(message);
    if (size == 0) return Error{"the peer has closed", ECONNRESET};
    if ((message.msg_flags & MSG_TRUNC) != 0) return Error{"the message is too long", EMSGSIZE};
    received.bytes.resize(static_cast<std::size_t>(size));
    return received;
}

int send(int socket, const std::string& bytes, const std::vector<int>& descriptors) {
    iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    alignas(cmsghdr) char control[CMSG_SPACE(kMostDescriptors * sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
        const std::size_t size = descriptors.size() * sizeof(int);
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(size);
        cmsghdr* rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(size);
        std::memcpy(CMSG_DATA(rights), descriptors.data(), size);
    }
    return ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? errno : 0;
}

Result<UniqueFd> listen_at(const std::string& path) {
    sockaddr_un address;
    Result<UniqueFd> socket = socket_for(path, address);
    if (!socket) return socket;
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (::bind(socket.value().get(), generic, sizeof address) != 0) {
        return Error{"the socket cannot be bound", errno};
    }
    if (::listen(socket.value().get(), SOMAXCONN) != 0) {
        return Error{"the socket cannot listen", errno};
    }
    return socket;
}

Result<UniqueFd> connect_to(const std::string& path) {
    sockaddr_un address;
    Result<UniqueFd> socket = socket_for(path, address);
    if (!socket) return socket;
    const auto* generic = reinterpret_cast<const sockaddr*>(&address);
    if (::connect(socket.value().get(), generic, sizeof address) != 0) {
        return Error{"nobody listens", errno};
    }
    return socket;
}

std::optional<ucred> peer_of(int socket) {
    ucred who{};
    socklen_t size = sizeof who;
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
    return who;
}

bool is_in_group(int socket, gid_t group) {
    const std::optional<ucred> who = peer_of(socket);
    if (who && who->gid == group) return true;
    std::vector<gid_t> groups(NGROUPS_MAX);
    socklen_t size = static_cast<socklen_t>(groups.size() * sizeof(gid_t));
    if (::getsockopt(socket, SOL_SOCKET, SO_PEERGROUPS, groups.data(), &size) != 0) return false;
    groups.resize(size / sizeof(gid_t));
    return std::find(groups.begin(), groups.end(), group) != groups.end();
}

UniqueFd process_of(int socket) {
    constexpr int kPeerPidfd = 77;  // SO_PEERPIDFD
    int pidfd = -1;
    socklen_t size = sizeof pidfd;
    if (::getsockopt(socket, SOL_SOCKET, kPeerPidfd, &pidfd, &size) == 0) return UniqueFd(pidfd);
    const std::optional<ucred> who = peer_of(socket);
    if (!who || who->pid == 0) return {};
    return UniqueFd(static_cast<int>(::syscall(SYS_pidfd_open, who->pid, 0)));
}

}  // namespace plimsoll::collect
