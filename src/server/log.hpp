#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace plimsoll::server {

// What went wrong, on standard error, one line each. Of a flood of the same only the first lines
// are written, and how many more there were: another reason is named all the same.
class Log {
  public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::uint64_t kMostOfOneKind = 20;  // in one period
    static constexpr std::size_t kMostKinds = 64;
    static constexpr std::chrono::seconds kPeriod{10};

    void refused(pid_t pid, uid_t user, const std::string& why);
    // To be called now and then, so that the rest of a flood is counted.
    void flush(Clock::time_point now = Clock::now());

  private:
    Clock::time_point period_{};
    std::map<std::string, std::uint64_t> of_kind_;
};

}  // namespace plimsoll::server
