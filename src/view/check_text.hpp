#pragma once

#include <string>
#include <vector>

#include "findings/report.hpp"
#include "gate/verdict.hpp"
#include "view/page.hpp"

// What `plimsoll check` says: to the log of a CI system, and to those that read its formats.
namespace plimsoll::view {

struct CheckOutcome {
    const findings::Report& report;  // borrowed, as the next
    const gate::Verdict& verdict;
    int exit_code = 0;             // of plimsoll check
    std::string baseline_file;     // that was compared with; empty: none
    std::string written_baseline;  // that accepts all of it from now on; empty: none
};

// The verdict in one line, what fails with its owner, line and bytes, and what the baseline has
// that is gone.
std::string check_text(const CheckOutcome& outcome, Style style);

// One test case for the command, for each code, and for each limit that was asked for. A finding
// that --fail-on does not name is a case that was skipped.
std::string junit_xml(const CheckOutcome& outcome, const std::vector<gate::Limit>& limits);

// A line for each place that fails, as GitHub Actions reads them from a log. Files below `root`
// (with a slash at its end) are named as they are there.
std::string github_annotations(const CheckOutcome& outcome, const std::string& root);

// Whether the command itself ended with exit code 0; and in words how it ended.
bool command_passed(const findings::Report& report);
std::string command_text(const findings::Report& report);

// "16 buffers in dram, 32.0 MiB on each device that has it": of one place.
std::string amount_text(const gate::Concern& concern);
// "owner user, ttnn.add at model.py:12 in forward"
std::string origin_text(const gate::Concern& concern);
// "not in the baseline", "4 more and 8.0 MiB more than the baseline accepts"; empty: there is none.
std::string standing_text(const gate::Concern& concern, bool has_baseline);
// "the peak of dram on device 0, 33.0 MiB, is 1.0 MiB above its limit of 32.0 MiB"
std::string excess_text(const gate::Excess& excess);

}  // namespace plimsoll::view
