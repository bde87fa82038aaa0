#include "http/listening.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace plimsoll::http {
namespace {

// An address as the kernel takes it.
struct Place {
    sockaddr_storage bytes{};
    socklen_t size = 0;

    sockaddr* generic() { return reinterpret_cast<sockaddr*>(&bytes); }
    template <class T>
    T& as() {
        size = sizeof(T);
        return reinterpret_cast<T&>(bytes);
    }
};

Place place_of_port(const Port& port) {
    Place place;
    if (port.host.find(':') != std::string::npos) {
        auto& to = place.as<sockaddr_in6>();
        to.sin6_family = AF_INET6;
        to.sin6_port = htons(port.number);
        ::inet_pton(AF_INET6, port.host.c_str(), &to.sin6_addr);
    } else {
        auto& to = place.as<sockaddr_in>();
        to.sin_family = AF_INET;
        to.sin_port = htons(port.number);
        ::inet_pton(AF_INET, port.host.c_str(), &to.sin_addr);
    }
    return place;
}

Result<Place> place_of_file(const std::string& path) {
    Place place;
    auto& to = place.as<sockaddr_un>();
    to.sun_family = AF_UNIX;
    if (path.size() >= sizeof to.sun_path) return Error{"the path is too long", ENAMETOOLONG};
    std::memcpy(to.sun_path, path.data(), path.size());
    return place;
}

UniqueFd stream_socket(int family) {
    return UniqueFd(::socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
}

Result<UniqueFd> listen_there(Place place) {
    UniqueFd socket = stream_socket(place.bytes.ss_family);
    if (!socket) return Error{"no socket", errno};
    const int yes = 1;
    // A server that starts again need not wait for connections of the one before to be forgotten.
    ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (::bind(socket.get(), place.generic(), place.size) != 0) {
        return Error{"the address cannot be taken", errno};
    }
    if (::listen(socket.get(), SOMAXCONN) != 0) return Error{"the socket cannot listen", errno};
    return socket;
}

bool is_socket(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISSOCK(status.st_mode);
}

Result<UniqueFd> listen_at_file(const std::string& path) {
    Result<Place> place = place_of_file(path);
    if (!place) return place.error();
    if (is_socket(path)) {
        const UniqueFd probe = stream_socket(AF_UNIX);
        const bool answers =
            ::connect(probe.get(), place.value().generic(), place.value().size) == 0;
        if (answers || errno != ECONNREFUSED) {
            return Error{"a server listens there already", EADDRINUSE};
        }
        ::unlink(path.c_str());
    }
    Result<UniqueFd> socket = listen_there(place.value());
    const mode_t mode = ::geteuid() == 0 ? 0666 : 0600;
    if (socket && ::chmod(path.c_str(), mode) != 0) {
        return Error{"the socket cannot be opened to its users", errno};
    }
    return socket;
}

}  // namespace

Result<UniqueFd> listen_at(const Address& address) {
    if (const auto* file = std::get_if<SocketFile>(&address)) return listen_at_file(file->path);
    return listen_there(place_of_port(std::get<Port>(address)));
}

Address place_of(int socket, const Address& asked) {
    const auto* port = std::get_if<Port>(&asked);
    if (port == nullptr || port->number != 0) return asked;
    Place place;
    place.size = sizeof place.bytes;
    if (::getsockname(socket, place.generic(), &place.size) != 0) return asked;
    // The port stands at the same bytes in both.
    return Port{port->host, ntohs(reinterpret_cast<sockaddr_in&>(place.bytes).sin_port)};
}

}  // namespace plimsoll::http
