#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.hpp"

namespace plimsoll::gate {

// What --fail-on takes: codes of findings, and severities that stand for all of theirs.
// Returns the words that are neither.
std::vector<std::string> unknown_conditions(const std::vector<std::string>& conditions);

// All words that --fail-on takes.
std::vector<std::string_view> known_conditions();

// Whether this finding is one of those named.
bool matches(const std::vector<std::string>& conditions, const findings::Finding& finding);

// Whether any of the findings is.
bool matches_any(const std::vector<std::string>& conditions,
                 const std::vector<findings::Finding>& findings);

}  // namespace plimsoll::gate
