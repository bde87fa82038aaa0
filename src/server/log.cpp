#include "server/log.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace plimsoll::server {

void Log::refused(pid_t pid, uid_t user, const std::string& why) {
    write(fmt::format("process {} of user {} is refused: {}", pid, user, why), Clock::now());
}

void Log::flush(Clock::time_point now) {
    if (now - period_ < kPeriod) return;
    if (left_out_ > 0) fmt::print(stderr, "plimsolld: {} more were refused\n", left_out_);
    period_ = now;
    written_ = 0;
    left_out_ = 0;
}

void Log::write(const std::string& line, Clock::time_point now) {
    flush(now);
    if (written_ >= kMostPerPeriod) {
        ++left_out_;
        return;
    }
    ++written_;
    fmt::print(stderr, "plimsolld: {}\n", line);
}

}  // namespace plimsoll::server
