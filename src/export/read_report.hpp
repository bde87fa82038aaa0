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

// A report that was written as JSON, as far as sentences and pictures are made of it: findings,
// what ran, figures of processes and devices, and the allocations that are named. Shares of peaks,
// windows stay behind. What `plimsoll leaks --json` prints will do too, and a
// recording, of which the report is taken.
// Trust: any text is taken; fields that make no sense are read as not known.
std::variant<findings::Report, NotAReport> read_report(std::string_view json);

}  // namespace plimsoll::exporting
