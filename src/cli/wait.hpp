#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace plimsoll::cli {

// wait PID: until the process has come to a state, seen from outside. Needs no server.
struct WaitOptions {
    enum class Until : std::uint8_t { attached, empty, ended };

    int pid = 0;
    Until until = Until::ended;
    double timeout_s = 0;  // 0: for ever
};

CLI::App* add_wait(CLI::App& app, WaitOptions& options);
// The exit code of the whole program: 0 when it has come to it, kTimedOut, or our own failure.
int wait(const WaitOptions& options);

}  // namespace plimsoll::cli
