#pragma once

#include <string>

#include "findings/report.hpp"
#include "gate/verdict.hpp"

namespace plimsoll::exporting {

// SARIF 2.1.0: a rule for each code that occurs, a result for each place of each finding with the
// line that allocated it. What `verdict` accepts is suppressed; what --fail-on does not name is
// there too. Files below `root` (with a slash at its end) are named relative to it.
std::string sarif_json(const findings::Report& report, const gate::Verdict& verdict,
                       bool has_baseline, const std::string& root);

}  // namespace plimsoll::exporting
