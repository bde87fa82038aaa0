#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "findings/report.hpp"

namespace plimsoll::exporting {

// Why a text is none of our reports: in the words of a message, what is there and what to do.
struct NotAReport {
    std::string what;
    std::string expected;
    std::string todo;
};

// Findings of a report that was written as JSON, what ran, and where on its devices the banks lie;
// the rest of a report stays behind. What `plimsoll leaks --json` prints will do too. Trust: any
// text is taken; fields that make no sense are read as not known.
std::variant<findings::Report, NotAReport> read_report(std::string_view json);

}  // namespace plimsoll::exporting
