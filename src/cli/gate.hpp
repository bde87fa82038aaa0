#pragma once

#include <string>
#include <vector>

#include "findings/finding.hpp"

namespace plimsoll::cli {

// What --fail-on takes: codes of findings, and severities that stand for all of theirs.
// Returns the words that are neither.
std::vector<std::string> unknown_conditions(const std::vector<std::string>& conditions);

// Whether one of the findings is one of those named.
bool gate_matches(const std::vector<std::string>& conditions,
                  const std::vector<findings::Finding>& findings);

}  // namespace plimsoll::cli
