#include "http/visits.hpp"

#include <sys/socket.h>

namespace plimsoll::http {

void Visits::hang_up_on(Visit& visit) {
    visit.state = State::leaving;
    ::shutdown(visit.socket, SHUT_RDWR);
}

void Visits::begin(Key key, int socket, Clock::time_point now) {
    visits_[key] = {socket, now};
    std::size_t staying = 0;
    Visit* longest = nullptr;
    for (auto& [other, visit] : visits_) {
        if (visit.state != State::leaving) ++staying;
        if (visit.state != State::asking) continue;
        if (longest == nullptr || visit.since < longest->since) longest = &visit;
    }
    if (staying > limits_.connections && longest != nullptr) hang_up_on(*longest);
}

void Visits::enter(Key key, State state, Clock::time_point now) {
    const auto visit = visits_.find(key);
    if (visit == visits_.end() || visit->second.state == State::leaving) return;
    visit->second.state = state;
    visit->second.since = now;
}

void Visits::hang_up_on_slow(Clock::time_point now) {
    for (auto& [key, visit] : visits_) {
        if (visit.state == State::leaving || visit.state == State::staying) continue;
        const auto patience = visit.state == State::asking ? limits_.to_ask : limits_.to_fetch;
        if (now - visit.since > patience) hang_up_on(visit);
    }
}

}  // namespace plimsoll::http
