#pragma once

#include <string>
#include <vector>

#include "findings/memory_map.hpp"
#include "findings/report.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// The findings of a report by number, and how to ask for one.
std::string finding_list(const findings::Report& report, const std::string& file, Style style);

// Everything there is to say about each: the finding as the report tells it but with all of its
// rows, the memory as a picture, what each allocation is, and what such a finding means in general.
std::string explain_text(const findings::Report& report,
                         const std::vector<findings::Explanation>& explanations, Style style);

}  // namespace plimsoll::view
