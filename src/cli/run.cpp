#include "cli/run.hpp"

#include "cli/report_output.hpp"
#include "cli/watch_command.hpp"
#include "gate/conditions.hpp"

namespace plimsoll::cli {

int run(const RunOptions& options) {
    std::optional<ReportOutput> output;
    const auto outcome = watch_command(options, [&] {
        output.emplace(options);
        return 0;
    });
    if (const int* code = std::get_if<int>(&outcome)) return *code;
    const Watched& watched = std::get<Watched>(outcome);
    output->write(watched.report);
    return gate::matches_any(options.fail_on, watched.report.findings) ? options.error_exitcode
                                                                       : watched.exit_code;
}

}  // namespace plimsoll::cli
