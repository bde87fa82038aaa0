#pragma once

#include <optional>
#include <string>
#include <variant>

#include "base/unique_fd.hpp"
#include "cli/check.hpp"
#include "gate/baseline.hpp"
#include "machines/problem.hpp"

namespace plimsoll::cli {

// The files of a check, opened before the command runs: a gate that cannot tell its result is an
// error, and not after an hour.
struct CheckFiles {
    UniqueFd report, junit, sarif, baseline;  // empty: not asked for
};

machines::Outcome<std::optional<gate::Baseline>> accepted_by(const CheckOptions& options);

std::variant<CheckFiles, machines::Problem> open_files(const CheckOptions& options);

}  // namespace plimsoll::cli
