#pragma once

#include <chrono>
#include <string>

namespace plimsoll::server {

// When to print what is live: at once when it has changed, but not more often than once a second,
// and every ten seconds when it has not. Asks no clock.
class Announcer {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // Whether anything may be printed at `now`: it need not be worked out when not.
    [[nodiscard]] bool may_print(Time now) const;
    // Whether `text` is to be printed at `now`; then it is taken as printed.
    bool is_due(const std::string& text, Time now);

  private:
    std::string printed_;
    Time when_{};
    bool any_ = false;
};

}  // namespace plimsoll::server
