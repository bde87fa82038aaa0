#pragma once

#include <filesystem>

#include "server/limits.hpp"

namespace plimsoll::server {

inline constexpr int kOwnFailure = 125;  // the exit code, as plimsoll's

struct Options {
    std::filesystem::path socket;  // empty: the usual place
    bool quiet = false;
    Limits limits;
};

// Watches until it is asked to end (SIGTERM, SIGINT, SIGHUP). Returns the exit code.
int serve(const Options& options);

}  // namespace plimsoll::server
