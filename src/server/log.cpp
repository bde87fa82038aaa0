#include "server/log.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace plimsoll::server {

void Log::refused(pid_t pid, uid_t user, const std::string& why) {
    flush();
    const bool one_more = of_kind_.size() < kMostKinds || of_kind_.contains(why);
    if (++of_kind_[one_more ? why : "other reasons"] > kMostOfOneKind) return;
    fmt::print(stderr, "plimsolld: process {} of user {} is refused: {}\n", pid, user, why);
}

void Log::flush(Clock::time_point now) {
    if (now - period_ < kPeriod) return;
    for (const auto& [why, count] : of_kind_) {
        if (count <= kMostOfOneKind) continue;
        fmt::print(stderr, "plimsolld: {} more are refused: {}\n", count - kMostOfOneKind, why);
    }
    period_ = now;
    of_kind_.clear();
}

}  // namespace plimsoll::server
