#pragma once

#include <string>

#include "findings/report.hpp"

namespace plimsoll::exporting {

// The report as JSON, schema 1: stable names, null for what is not known, never a sentinel. Lists
// of allocations and evidence are cut at kMaxRows with the true count beside them. Text that is
// not UTF-8 (names of processes and files are any bytes) has its bad bytes replaced.
std::string to_json(const findings::Report& report);

}  // namespace plimsoll::exporting
