#include "cli/run.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "cli/exit_codes.hpp"
#include "cli/files.hpp"
#include "cli/report_output.hpp"
#include "cli/watch_command.hpp"
#include "export/recording.hpp"
#include "gate/conditions.hpp"
#include "web/page.hpp"

namespace plimsoll::cli {
namespace {

int cannot_record(const std::string& path, const char* what) {
    fmt::print(stderr,
               "plimsoll: the recording cannot be written to '{}': {}\n"
               "  expected: a path in a folder that exists and that you may write to\n"
               "  to do: name another one with --output FILE\n",
               path, what);
    return kOwnFailure;
}

}  // namespace

int run(const RunOptions& options) {
    std::optional<ReportOutput> output;
    UniqueFd recording;
    const auto outcome = watch_command(options, [&] {
        if (!options.recording.empty()) {
            recording = open_output(options.recording, Contents::emptied);
            if (!recording) return cannot_record(options.recording, std::strerror(errno));
        }
        output.emplace(options);
        return 0;
    });
    if (const int* code = std::get_if<int>(&outcome)) return *code;
    const Watched& watched = std::get<Watched>(outcome);
    output->write(watched.report);
    if (recording) {
        const exporting::PageData data =
            web::page_data(watched.report, exporting::kLargestRecording);
        if (!write_whole(recording.get(), exporting::recording(data))) {
            return cannot_record(options.recording, std::strerror(errno));
        }
    }
    return gate::matches_any(options.fail_on, watched.report.findings) ? options.error_exitcode
                                                                       : watched.exit_code;
}

}  // namespace plimsoll::cli
