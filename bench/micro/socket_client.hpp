#pragma once

#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace plimsoll::bench {

// A replica of an earlier tracker's client: under one mutex, a message of 144 bytes is sent for
// each event through a stream socket, which waits when the server does not read fast enough. Its
// server here reads and does nothing else.
class SocketClient {
  public:
    SocketClient() {
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_.data()) != 0) std::abort();
        server_ = std::thread([from = ends_[1]] {
            std::array<char, 144 * 64> bytes{};
            while (::recv(from, bytes.data(), bytes.size(), 0) > 0) {
            }
        });
    }
    ~SocketClient() {
        ::close(ends_[0]);
        server_.join();
        ::close(ends_[1]);
    }
    SocketClient(const SocketClient&) = delete;
    SocketClient& operator=(const SocketClient&) = delete;

    void allocate(std::size_t i) { send(1, i); }
    void free(std::size_t i) { send(2, i); }

  private:
    struct Message {
        std::uint8_t type;
        std::int32_t device;
        std::uint64_t size;
        std::uint8_t buffer_type;
        std::int32_t pid;
        std::uint64_t buffer_id;
        std::uint64_t timestamp;
        std::array<std::uint64_t, 13> totals;
    };
    static_assert(sizeof(Message) == 144);

    void send(std::uint8_t type, std::uint64_t id) {
        const std::lock_guard guard(mutex_);
        timespec now{};
        ::clock_gettime(CLOCK_MONOTONIC, &now);
        const Message message{
            type, 0, 384, 0, ::getpid(), id, static_cast<std::uint64_t>(now.tv_nsec), {}};
        if (::send(ends_[0], &message, sizeof message, MSG_NOSIGNAL) < 0) std::abort();
    }

    std::mutex mutex_;
    std::array<int, 2> ends_{};
    std::thread server_;
};

}  // namespace plimsoll::bench
