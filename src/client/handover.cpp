#include "client/handover.hpp"

#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <cstring>

#include "base/unique_fd.hpp"
#include "segment/layout.hpp"

namespace plimsoll::client {

void hand_over(const char* socket_path, int segment_fd) {
    const int saved_errno = errno;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_path[0] == '\0' || std::strlen(socket_path) >= sizeof address.sun_path) return;
    std::strcpy(address.sun_path, socket_path);

    const UniqueFd to(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (to &&
        ::connect(to.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
        std::uint64_t hello = segment::kMagic;
        iovec part{&hello, sizeof hello};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr* rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(rights), &segment_fd, sizeof segment_fd);
        (void)::sendmsg(to.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    }
    errno = saved_errno;
}

}  // namespace plimsoll::client
