#pragma once

#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "collect/test_client.hpp"

namespace plimsoll::server {

// A child that holds some bytes until it is told to end; its segment, as if handed over.
class Child {
  public:
    explicit Child(std::uint64_t bytes) : client_("") {
        client_.allocate_buffer(bytes);
        pid_ = ::fork();
        if (pid_ == 0) {
            ::pause();
            ::_exit(0);
        }
    }
    ~Child() { end(); }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] collect::Arrival arrival() const {
        collect::Arrival arrival;
        arrival.segment.reset(::dup(client_.get()->fd));
        arrival.pid = pid_;
        arrival.process.reset(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
        return arrival;
    }
    void end() {
        if (pid_ == 0) return;
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = 0;
    }
    [[nodiscard]] pid_t pid() const { return pid_; }

  private:
    collect::TestClient client_;
    pid_t pid_ = 0;
};

}  // namespace plimsoll::server
