#include "cli/report_output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/files.hpp"
#include "cli/standard_output.hpp"
#include "export/json.hpp"
#include "view/text_report.hpp"
#include "web/page.hpp"

namespace plimsoll::cli {
namespace {

// A page is of no use there.
std::string text_on_stderr(const findings::Report& report, ReportFormat format) {
    if (format == ReportFormat::json) return exporting::to_json(report);
    return view::text_report(report, {colour_on(STDERR_FILENO), view::Glyphs::ascii});
}

}  // namespace

std::string text_in_file(const findings::Report& report, ReportFormat format) {
    switch (format) {
        case ReportFormat::json:
            return exporting::to_json(report);
        case ReportFormat::html:
            return web::page(report);
        case ReportFormat::text:
            break;
    }
    return view::text_report(report, {view::Colour::off, view::Glyphs::ascii});
}

ReportOutput::ReportOutput(const RunOptions& options)
    : format_(options.format), quiet_(options.quiet) {
    if (options.report_file.empty()) return;
    file_ = open_output(options.report_file, Contents::emptied);
    if (!file_) {
        fmt::print(stderr,
                   "plimsoll: the report cannot be written to '{}': {}\n"
                   "  expected: a path in a folder that exists and that you may write to\n"
                   "  to do: the command runs on; its report will be printed here\n",
                   options.report_file, std::strerror(errno));
    }
}

void ReportOutput::write(const findings::Report& report) const {
    if (quiet_ && !file_) return;
    const std::string text =
        file_ ? text_in_file(report, format_) : text_on_stderr(report, format_);
    if (write_whole(file_ ? file_.get() : STDERR_FILENO, text)) return;
    const int error = errno;
    fmt::print(stderr, "plimsoll: the report could not be written whole: {}\n",
               std::strerror(error));
    if (file_) write_whole(STDERR_FILENO, text_on_stderr(report, format_));
}

}  // namespace plimsoll::cli
