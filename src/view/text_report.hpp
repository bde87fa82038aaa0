#pragma once

#include <string>

#include "findings/report.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// The whole report as a person reads it: the verdict, the few numbers that matter, each finding
// with its evidence, and what is not known. At most kColumns wide; ends with the line users of
// earlier trackers look for.
std::string text_report(const findings::Report& report, Style style);

}  // namespace plimsoll::view
