#pragma once

#include <string>

#include "base/unique_fd.hpp"
#include "cli/run.hpp"
#include "findings/report.hpp"

namespace plimsoll::cli {

// The report as it is written to a file.
std::string text_in_file(const findings::Report& report, ReportFormat format);

// Where the report goes. Opened before the command runs, so that a path that cannot be written is
// told before an hour of work, and the report is then printed instead of lost.
class ReportOutput {
  public:
    explicit ReportOutput(const RunOptions& options);

    void write(const findings::Report& report) const;

  private:
    ReportFormat format_;
    bool quiet_;
    UniqueFd file_;  // empty: standard error
};

}  // namespace plimsoll::cli
