#pragma once

#include <string>
#include <vector>

#include "cli/run.hpp"
#include "gate/limits.hpp"

namespace plimsoll::cli {

// What the user asked of `plimsoll check`: paths are empty where nothing was.
struct CheckOptions {
    RunOptions watching;
    std::string baseline;        // what it accepts does not fail
    std::string write_baseline;  // all that is there is accepted, and written here
    std::string junit;
    std::string sarif;
    std::vector<std::string> limit_words;
    std::vector<gate::Limit> limits;  // read from those words
};

// Runs the command as `plimsoll run` does, and judges what it left and held. Returns the exit code
// of the whole program: that of --error-exitcode when the memory fails, whatever the command's was;
// else the command's own; 125 when nothing was watched, for then nothing was checked.
int check(const CheckOptions& options);

}  // namespace plimsoll::cli
