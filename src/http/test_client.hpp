#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <string>

#include "base/unique_fd.hpp"
#include "http/door.hpp"

namespace plimsoll::http {

// A client that sends any bytes. The door it comes to is served in the same thread, by pump().
class TestClient {
  public:
    explicit TestClient(Door& door) : door_(&door), socket_(connected(door.place())) {}

    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent =
                ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EAGAIN) return;
            if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
            pump();
        }
    }
    // A request with nothing in it but these lines.
    void get(const std::string& path, const std::string& more = "") {
        send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + more + "\r\n");
    }
    // Lets the door do what it has to do.
    void pump() {
        pollfd wait{door_->fd(), POLLIN, 0};
        ::poll(&wait, 1, door_->wait_ms(1));
        door_->serve();
    }
    // All that has come by now, once there is as much as `size` or an end.
    std::string received(std::size_t size = 1) {
        while (text_.size() < size && !is_closed()) pump();
        return text_;
    }
    // All that comes until the door closes.
    std::string until_closed() { return received(std::string::npos); }
    bool is_closed() {
        char bytes[65536];
        const ssize_t size = ::recv(socket_.get(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (size > 0) text_.append(bytes, static_cast<std::size_t>(size));
        return size == 0 || (size < 0 && errno != EAGAIN);
    }
    [[nodiscard]] int fd() const { return socket_.get(); }

  private:
    static UniqueFd connected(const Address& place) {
        if (const auto* file = std::get_if<SocketFile>(&place)) {
            sockaddr_un to{};
            to.sun_family = AF_UNIX;
            std::strncpy(to.sun_path, file->path.c_str(), sizeof to.sun_path - 1);
            return connected(AF_UNIX, reinterpret_cast<sockaddr*>(&to), sizeof to);
        }
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(std::get<Port>(place).number);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return connected(AF_INET, reinterpret_cast<sockaddr*>(&to), sizeof to);
    }
    static UniqueFd connected(int family, sockaddr* to, socklen_t size) {
        UniqueFd socket(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (::connect(socket.get(), to, size) != 0) socket.reset();
        return socket;
    }

    Door* door_;
    UniqueFd socket_;
    std::string text_;
};

}  // namespace plimsoll::http
