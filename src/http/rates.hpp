#pragma once

#include <sys/types.h>

#include <chrono>
#include <map>

namespace plimsoll::http {

// How often each user has asked within a second.
class Rates {
  public:
    using Clock = std::chrono::steady_clock;

    explicit Rates(std::size_t most_per_second) : most_(most_per_second) {}

    // Whether the user may ask once more, which counts.
    bool take(uid_t user, Clock::time_point now) {
        if (now - second_ >= std::chrono::seconds(1)) {
            second_ = now;
            asked_.clear();
        }
        return ++asked_[user] <= most_;
    }

  private:
    std::size_t most_;
    Clock::time_point second_{};
    std::map<uid_t, std::size_t> asked_;
};

}  // namespace plimsoll::http
