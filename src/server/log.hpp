#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace plimsoll::server {

// What went wrong, on standard error, one line each. Of a flood only the first lines are written,
// and how many more there were.
class Log {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr int kMostPerPeriod = 50;
    static constexpr std::chrono::seconds kPeriod{10};

    void refused(pid_t pid, uid_t user, const std::string& why);
    // To be called now and then, so that the rest of a flood is counted.
    void flush(Clock::time_point now = Clock::now());

  private:
    void write(const std::string& line, Clock::time_point now);

    Clock::time_point period_{};
    int written_ = 0;
    std::uint64_t left_out_ = 0;
};

}  // namespace plimsoll::server
