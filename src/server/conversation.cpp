#include "server/conversation.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cerrno>

#include "collect/seqpacket.hpp"

namespace plimsoll::server {

Conversation::Conversation(collect::Visitor visitor, std::size_t longest_request)
    : socket_(std::move(visitor.socket)),
      pid_(visitor.arrival.pid),
      asker_{visitor.arrival.user},
      in_(longest_request) {
    in_.put(visitor.message);
}

bool Conversation::listen() {
    Result<collect::Message> message = collect::receive(socket_.get());
    if (message) {
        if (!ending_) in_.put(message.value().bytes);
        return true;
    }
    if (message.error().number == EAGAIN) return true;
    if (message.error().number != ECONNRESET) why_ = message.error().text;
    return false;
}

void Conversation::say(const std::string& text, const std::vector<int>& descriptors) {
    const std::string frame = protocol::framed(text);
    std::vector<UniqueFd> with_first;
    for (const int fd : descriptors) with_first.emplace_back(::fcntl(fd, F_DUPFD_CLOEXEC, 0));
    for (std::size_t at = 0; at < frame.size(); at += collect::kLongestMessage) {
        const bool is_last = at + collect::kLongestMessage >= frame.size();
        out_.push_back(
            {frame.substr(at, collect::kLongestMessage), std::move(with_first), is_last});
        with_first.clear();
    }
    queued_ += frame.size();
}

void Conversation::end_with(const std::string& text) {
    ending_ = true;
    out_.clear();
    queued_ = 0;
    // In the middle of a frame nothing else can be said.
    if (!in_frame_) say(text);
}

bool Conversation::flush() {
    while (!out_.empty()) {
        const Packet& next = out_.front();
        std::vector<int> descriptors;
        for (const UniqueFd& fd : next.descriptors) {
            if (fd) descriptors.push_back(fd.get());
        }
        const int error = collect::send(socket_.get(), next.bytes, descriptors);
        if (error == EAGAIN || error == ENOBUFS || error == EINTR) return true;
        if (error != 0) return false;
        queued_ -= next.bytes.size();
        in_frame_ = !next.is_last;
        out_.pop_front();
    }
    return true;
}

}  // namespace plimsoll::server
