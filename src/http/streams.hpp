#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <string>

#include "collect/asker.hpp"
#include "http/limits.hpp"

struct MHD_Connection;
struct MHD_Response;

namespace plimsoll::http {

// Which revision of what it asks for there is now, in letters that need no escape; it is told when
// it has changed.
using Revision = std::function<std::string(const collect::Asker&)>;

// Clients that stay, to be told of changes as server-sent events: "data: REVISION". Each is told
// of the newest one, at most once a second, and only when it has fetched the one before: whoever is
// slow misses some and waits for nothing. A stream ends when its client does, which is found out
// once a second.
//
// Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
class Streams {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::seconds kBetween{1};
    static constexpr std::chrono::seconds kSilence{15};  // then a comment keeps proxies awake

    explicit Streams(const Limits& limits) : limits_(limits) {}

    // Whether one more of this user may stay.
    [[nodiscard]] bool has_room_for(uid_t user) const;
    // What one more is answered with; null: no memory.
    MHD_Response* begin(MHD_Connection* connection, int socket, const collect::Asker& asker,
                        const Revision& revision);
    // To be called now and then.
    void tell(Clock::time_point now);
    // All of them, at the end of the server.
    void end();
    [[nodiscard]] std::size_t count() const { return streams_.size(); }

  private:
    struct Stream {
        Streams* among;
        std::list<Stream>::iterator place;
        MHD_Connection* connection;
        int socket;
        collect::Asker asker;
        const Revision* revision;  // the route's, which outlives it
        std::string told;
        std::string unsent;
        Clock::time_point told_at{};
        bool waits = false;  // the library does not look at it until it is woken
        bool is_over = false;
    };

    // What the library calls.
    static ssize_t read(void* stream, std::uint64_t, char* to, std::size_t most);
    static void ended(void* stream);

    static void wake(Stream& stream);
    static void tell(Stream& stream, Clock::time_point now);

    Limits limits_;
    Clock::time_point told_at_{};
    std::list<Stream> streams_;
};

}  // namespace plimsoll::http
