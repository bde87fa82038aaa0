#include "cli/report_output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/standard_output.hpp"
#include "export/json.hpp"
#include "view/text_report.hpp"
#include "web/page.hpp"

namespace plimsoll::cli {
namespace {

bool write_all(int fd, const std::string& text) {
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(fd, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        done += static_cast<std::size_t>(written);
    }
    return true;
}

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

// A page is of no use there.
std::string text_on_stderr(const findings::Report& report, ReportFormat format) {
    if (format == ReportFormat::json) return exporting::to_json(report);
    return view::text_report(report, {colour_on(STDERR_FILENO), view::Glyphs::ascii});
}

}  // namespace

ReportOutput::ReportOutput(const RunOptions& options)
    : format_(options.format), quiet_(options.quiet) {
    if (options.report_file.empty()) return;
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
    constexpr mode_t kMode = 0644;
    file_.reset(::open(options.report_file.c_str(), kFlags, kMode));
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
    if (write_all(file_ ? file_.get() : STDERR_FILENO, text)) return;
    const int error = errno;
    fmt::print(stderr, "plimsoll: the report could not be written whole: {}\n",
               std::strerror(error));
    if (file_) write_all(STDERR_FILENO, text_on_stderr(report, format_));
}

}  // namespace plimsoll::cli
