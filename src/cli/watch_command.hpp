#pragma once

#include <functional>
#include <variant>

#include "cli/run.hpp"
#include "findings/report.hpp"

namespace plimsoll::cli {

// A command that was watched to its end.
struct Watched {
    findings::Report report;
    int exit_code = 0;  // the command's own; 128 + signal when a signal ended it
};

// Prepares the machine, runs the command and watches it. `ready` is called when all is prepared and
// the command has not begun; 0: go on. Otherwise the exit code of the whole program, when there is
// nothing to report: it could not be done, which has been told, or nothing was to be watched.
std::variant<Watched, int> watch_command(const RunOptions& options,
                                         const std::function<int()>& ready);

}  // namespace plimsoll::cli
