#include "cli/check.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

#include "cli/check_files.hpp"
#include "cli/exit_codes.hpp"
#include "cli/files.hpp"
#include "cli/report_output.hpp"
#include "cli/standard_output.hpp"
#include "cli/watch_command.hpp"
#include "export/baseline_json.hpp"
#include "export/sarif_json.hpp"
#include "gate/verdict.hpp"
#include "view/check_text.hpp"

namespace plimsoll::cli {
namespace {

int fail(const std::string& problem) {
    fmt::print(stderr, "plimsoll: {}\n", problem);
    return kOwnFailure;
}

// Names of files are told as they are in the checkout: with the slash at its end.
std::string root_folder() {
    std::error_code none;
    const std::string folder = std::filesystem::current_path(none).string();
    return folder.empty() || folder.back() == '/' ? folder : folder + "/";
}

class Results {
  public:
    Results(const CheckOptions& options, const CheckFiles& files)
        : options_(options), files_(files) {}

    // Nothing of what was asked for is left out silently: false when one could not be written.
    bool write(const view::CheckOutcome& outcome) const {
        const RunOptions& watching = options_.watching;
        const std::string root = root_folder();
        bool whole = true;
        const auto put = [&whole](const UniqueFd& file, const std::string& path, const auto& text) {
            if (!file || write_whole(file.get(), text())) return;
            whole = false;
            fmt::print(stderr, "plimsoll: '{}' could not be written whole: {}\n", path,
                       std::strerror(errno));
        };
        put(files_.report, watching.report_file,
            [&] { return text_in_file(outcome.report, watching.format); });
        put(files_.junit, options_.junit,
            [&] { return view::junit_xml(outcome, options_.limits); });
        put(files_.sarif, options_.sarif, [&] {
            return exporting::sarif_json(outcome.report, outcome.verdict,
                                         !options_.baseline.empty(), root);
        });
        if (outcome.report.attached) {
            put(files_.baseline, options_.write_baseline, [&] {
                return exporting::baseline_json(gate::baseline_of(outcome.report, outcome.verdict));
            });
        }
        return whole;
    }

  private:
    const CheckOptions& options_;
    const CheckFiles& files_;
};

bool on_github() {
    const char* value = std::getenv("GITHUB_ACTIONS");
    return value != nullptr && std::string_view(value) == "true";
}

int exit_code_of(const CheckOptions& options, const Watched& watched,
                 const gate::Verdict& verdict) {
    if (!watched.report.attached) return watched.exit_code != 0 ? watched.exit_code : kOwnFailure;
    return verdict.passes() ? watched.exit_code : options.watching.error_exitcode;
}

int judge(const CheckOptions& options, const CheckFiles& files, const Watched& watched,
          std::optional<gate::Baseline> baseline) {
    const findings::Report& report = watched.report;
    gate::Demands demands{options.watching.fail_on, std::move(baseline), options.limits};
    gate::Verdict verdict = gate::judge(report, demands);
    if (!options.write_baseline.empty()) {
        demands.baseline = gate::baseline_of(report, verdict);
        verdict = gate::judge(report, demands);
    }
    const int code = exit_code_of(options, watched, verdict);
    const view::CheckOutcome outcome{report, verdict, code, options.baseline,
                                     options.write_baseline};
    std::string text = view::check_text(outcome, {colour_on(STDERR_FILENO), view::Glyphs::ascii});
    if (on_github()) text += view::github_annotations(outcome, root_folder());
    fmt::print(stderr, "{}", text);
    return Results(options, files).write(outcome) ? code : kOwnFailure;
}

}  // namespace

int check(const CheckOptions& options) {
    const auto baseline = accepted_by(options);
    if (!baseline) return fail(machines::text(baseline.problem()));
    CheckFiles files;
    const auto outcome = watch_command(options.watching, [&] {
        auto opened = open_files(options);
        if (const auto* problem = std::get_if<machines::Problem>(&opened)) {
            return fail(machines::text(*problem));
        }
        files = std::get<CheckFiles>(std::move(opened));
        return 0;
    });
    if (const int* code = std::get_if<int>(&outcome)) return *code;
    return judge(options, files, std::get<Watched>(outcome), baseline.value());
}

}  // namespace plimsoll::cli
