#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "machines/machine.hpp"
#include "machines/package.hpp"
#include "machines/problem.hpp"

namespace plimsoll::machines {

// The changes to the environment of a child that make it run on a mock machine.
struct Environment {
    std::vector<std::pair<std::string, std::string>> set;
    std::vector<std::string> unset;
    std::vector<std::filesystem::path> preload;  // for LD_PRELOAD, behind an agent
};

// Prepares everything a program of `package` needs to run on `machine` without hardware: writes
// the cluster descriptor, makes or finds the runtime root, and says how the child's environment
// differs from this process's.
//
// `private_folder` is a folder of this run that the caller removes after the child ended: it gets
// the descriptor and the runtime's logs. Runtime root and compiled kernels stay in the cache
// folder for the next run, or go into the private folder when the cache cannot be written. Nothing
// is written anywhere else: not into the package, not into the current folder.
//
// A variable the caller has set to choose where logs go, whether the runtime's inspector or its
// own memory tracker runs, or how MPI talks, is left as it is.
Outcome<Environment> prepare(const Machine& machine, const Package& package,
                             const std::filesystem::path& private_folder);

}  // namespace plimsoll::machines
