#include "cli/check_files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "cli/files.hpp"
#include "export/baseline_json.hpp"

namespace plimsoll::cli {
namespace {

using machines::Problem;

const char* const kExpected = "a file that plimsoll check --write-baseline FILE wrote";

}  // namespace

machines::Outcome<std::optional<gate::Baseline>> accepted_by(const CheckOptions& options) {
    if (options.baseline.empty()) return std::optional<gate::Baseline>();
    const auto text = contents_of(options.baseline, "the baseline", kExpected);
    if (!text) return text.problem();
    auto read = exporting::read_baseline(text.value());
    if (const auto* why = std::get_if<exporting::NotABaseline>(&read)) {
        return Problem{fmt::format("the baseline '{}' {}", options.baseline, why->what), kExpected,
                       why->todo};
    }
    return std::optional(std::get<gate::Baseline>(std::move(read)));
}

std::variant<CheckFiles, Problem> open_files(const CheckOptions& options) {
    struct Wanted {
        const char* option;
        const std::string& path;
        UniqueFd CheckFiles::*file;
        Contents before;
    };
    const Wanted all[] = {
        {"--report", options.watching.report_file, &CheckFiles::report, Contents::emptied},
        {"--junit", options.junit, &CheckFiles::junit, Contents::emptied},
        {"--sarif", options.sarif, &CheckFiles::sarif, Contents::emptied},
        {"--write-baseline", options.write_baseline, &CheckFiles::baseline, Contents::kept}};
    CheckFiles files;
    for (const Wanted& one : all) {
        if (one.path.empty()) continue;
        files.*one.file = open_output(one.path, one.before);
        if (files.*one.file) continue;
        return Problem{fmt::format("the file '{}' of {} cannot be written: {}", one.path,
                                   one.option, std::strerror(errno)),
                       "a path in a folder that exists and that you may write to",
                       "choose another; the command has not been run"};
    }
    return files;
}

}  // namespace plimsoll::cli
