#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "protocol/answer.hpp"

namespace plimsoll::server {

// Moments that users named, each user's own: the same name again moves it. The oldest are
// forgotten.
class Marks {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Marks(std::size_t most) : most_(most) {}

    void set(uid_t user, const std::string& name, std::map<std::int32_t, std::uint64_t> last_ids,
             Clock::time_point now) {
        std::erase_if(marks_, [&](const Set& set) { return set.user == user && set.name == name; });
        marks_.push_back({user, name, now, std::move(last_ids)});
        if (marks_.size() > most_) marks_.pop_front();
    }

    [[nodiscard]] std::vector<protocol::Mark> of(uid_t user, Clock::time_point now) const {
        std::vector<protocol::Mark> all;
        for (const Set& set : marks_) {
            if (set.user != user) continue;
            const auto age = std::chrono::duration_cast<std::chrono::nanoseconds>(now - set.when);
            all.push_back({set.name, static_cast<std::uint64_t>(age.count()), set.last_ids});
        }
        return all;
    }

  private:
    struct Set {
        uid_t user;
        std::string name;
        Clock::time_point when;
        std::map<std::int32_t, std::uint64_t> last_ids;
    };

    std::size_t most_;
    std::deque<Set> marks_;
};

}  // namespace plimsoll::server
