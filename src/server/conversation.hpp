#pragma once

#include <sys/types.h>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/unique_fd.hpp"
#include "collect/asker.hpp"
#include "collect/listener.hpp"
#include "protocol/frame.hpp"

namespace plimsoll::server {

// One client that asks: frames in, frames out, never blocking.
//
// Memory: at most one request, and what was said and not yet fetched: see queued().
class Conversation {
  public:
    Conversation(collect::Visitor visitor, std::size_t longest_request);

    // Reads what has come. False: it has ended, or cannot be understood any more; see why().
    bool listen();
    // The next whole request; nothing more once it is to end.
    std::optional<std::string> next_request() { return ending_ ? std::nullopt : in_.next(); }

    // Queues an answer, with descriptors that are duplicated.
    void say(const std::string& text, const std::vector<int>& descriptors = {});
    // Sends what can be sent. False: the other side is gone.
    bool flush();
    // Takes back what is queued, says this instead, and ends.
    void end_with(const std::string& text);

    [[nodiscard]] int fd() const { return socket_.get(); }
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] uid_t user() const { return asker_.user; }
    void let_see_all() { asker_.sees_all = true; }
    [[nodiscard]] bool may_see(uid_t owner) const { return asker_.may_see(owner); }
    [[nodiscard]] std::size_t queued() const { return queued_; }
    [[nodiscard]] bool is_broken() const { return in_.is_broken(); }
    [[nodiscard]] bool is_ending() const { return ending_; }
    [[nodiscard]] bool is_over() const { return ending_ && out_.empty(); }
    [[nodiscard]] const char* why() const { return why_; }

  private:
    struct Packet {
        std::string bytes;
        std::vector<UniqueFd> descriptors;
        bool is_last = true;  // of its frame
    };

    UniqueFd socket_;
    pid_t pid_;
    collect::Asker asker_;
    protocol::FrameReader in_;
    std::deque<Packet> out_;
    std::size_t queued_ = 0;
    bool ending_ = false;
    bool in_frame_ = false;  // the beginning of a frame was sent, and not yet its end
    const char* why_ = "";
};

}  // namespace plimsoll::server
