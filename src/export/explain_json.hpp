#pragma once

#include <string>
#include <vector>

#include "findings/memory_map.hpp"
#include "findings/report.hpp"

// What `plimsoll explain` tells, schema 1.
namespace plimsoll::exporting {

// Number, severity, code and title of each finding.
std::string finding_list_json(const findings::Report& report);

// As they are in the report, with their numbers and maps.
std::string explain_json(const std::vector<findings::Explanation>& explanations);

}  // namespace plimsoll::exporting
