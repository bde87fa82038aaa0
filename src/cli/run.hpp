#pragma once

#include <string>
#include <vector>

namespace plimsoll::cli {

enum class ReportFormat { text, json, html };

// What the user asked of `plimsoll run` or `plimsoll record`.
struct RunOptions {
    std::vector<std::string> command;
    std::string machine;      // empty: the hardware of this host
    std::string report_file;  // empty: standard error
    ReportFormat format = ReportFormat::text;
    std::string recording;             // file of `plimsoll record`; empty: none is made
    std::vector<std::string> fail_on;  // codes of findings, or severities
    int error_exitcode = 0;
    std::string call_sites = "python";
    bool verify = false;
    bool quiet = false;
    bool no_agent = false;
};

// Runs the command, watches it, reports. Returns the exit code of the whole program.
int run(const RunOptions& options);

}  // namespace plimsoll::cli
