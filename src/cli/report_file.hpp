#pragma once

#include <string>

#include "findings/report.hpp"
#include "machines/problem.hpp"

namespace plimsoll::cli {

// A report as JSON that was written to a file, and its text.
struct ReportFile {
    findings::Report report;
    std::string text;
};

// "-" is standard input.
machines::Outcome<ReportFile> read_report_file(const std::string& path);

}  // namespace plimsoll::cli
