#include "http/streams.hpp"

#include <microhttpd.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace plimsoll::http {
namespace {

// It is not looked at while it waits, so that its end does not show by itself.
bool is_gone(int socket) {
    char byte = 0;
    const ssize_t size = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR);
}

}  // namespace

bool Streams::has_room_for(uid_t user) const {
    const auto own = std::count_if(streams_.begin(), streams_.end(), [user](const Stream& stream) {
        return stream.asker.user == user;
    });
    return streams_.size() < limits_.streams &&
           static_cast<std::size_t>(own) < limits_.streams_per_user;
}

MHD_Response* Streams::begin(MHD_Connection* connection, int socket, const collect::Asker& asker,
                             const Revision& revision) {
    Stream& stream = streams_.emplace_back();
    stream.among = this;
    stream.place = std::prev(streams_.end());
    stream.connection = connection;
    stream.socket = socket;
    stream.asker = asker;
    stream.revision = &revision;
    tell(stream, Clock::now());
    constexpr std::size_t kBlock = 512;
    MHD_Response* response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kBlock, read, &stream, ended);
    if (response == nullptr) streams_.pop_back();
    return response;
}

ssize_t Streams::read(void* of, std::uint64_t, char* to, std::size_t most) {
    auto& stream = *static_cast<Stream*>(of);
    if (stream.is_over) return MHD_CONTENT_READER_END_OF_STREAM;
    if (stream.unsent.empty()) {
        stream.waits = true;
        MHD_suspend_connection(stream.connection);
        return 0;
    }
    const std::size_t size = std::min(most, stream.unsent.size());
    std::memcpy(to, stream.unsent.data(), size);
    stream.unsent.erase(0, size);
    return static_cast<ssize_t>(size);
}

void Streams::ended(void* of) {
    auto& stream = *static_cast<Stream*>(of);
    stream.among->streams_.erase(stream.place);
}

void Streams::wake(Stream& stream) {
    if (!stream.waits) return;
    stream.waits = false;
    MHD_resume_connection(stream.connection);
}

void Streams::tell(Stream& stream, Clock::time_point now) {
    const std::string revision = (*stream.revision)(stream.asker);
    const bool is_first = stream.told_at == Clock::time_point{};
    if (is_first || revision != stream.told) {
        stream.unsent = "id: " + revision + "\ndata: " + revision + "\n\n";
        stream.told = revision;
    } else if (now - stream.told_at >= kSilence) {
        stream.unsent = ":\n\n";
    } else {
        return;
    }
    stream.told_at = now;
    wake(stream);
}

void Streams::tell(Clock::time_point now) {
    if (now - told_at_ < kBetween) return;
    told_at_ = now;
    for (Stream& stream : streams_) {
        if (!stream.waits) continue;  // it has not fetched what it was told before
        if (is_gone(stream.socket)) {
            stream.is_over = true;
            wake(stream);
        } else {
            tell(stream, now);
        }
    }
}

void Streams::end() {
    for (Stream& stream : streams_) {
        stream.is_over = true;
        wake(stream);
    }
}

}  // namespace plimsoll::http
