#pragma once

#include <chrono>
#include <map>

#include "http/limits.hpp"

namespace plimsoll::http {

// Connections that are open, and how long each has been at what it does. Whoever is too slow, or
// one too many, is hung up on: its socket is shut down, which the library then sees as an end.
//
// Owns: nothing; the library closes the sockets.
class Visits {
  public:
    using Clock = std::chrono::steady_clock;
    using Key = const void*;  // the library's connection: never looked into

    explicit Visits(const Limits& limits) : limits_(limits) {}

    // Somebody has come by this socket. Of more than may be, one of those that wait goes.
    void begin(Key key, int socket, Clock::time_point now);
    void end(Key key) { visits_.erase(key); }

    // It has asked, and is being answered.
    void answering(Key key, Clock::time_point now) { enter(key, State::answering, now); }
    // It stays, for as long as it likes.
    void staying(Key key, Clock::time_point now) { enter(key, State::staying, now); }
    // It has been answered, and may ask again.
    void asking(Key key, Clock::time_point now) { enter(key, State::asking, now); }

    void hang_up_on_slow(Clock::time_point now);
    [[nodiscard]] std::size_t count() const { return visits_.size(); }

  private:
    enum class State { asking, answering, staying, leaving };
    struct Visit {
        int socket;
        Clock::time_point since;
        State state = State::asking;
    };

    void enter(Key key, State state, Clock::time_point now);
    static void hang_up_on(Visit& visit);

    Limits limits_;
    std::map<Key, Visit> visits_;
};

}  // namespace plimsoll::http
