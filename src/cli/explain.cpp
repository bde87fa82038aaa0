#include "cli/explain.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "cli/choice.hpp"
#include "cli/exit_codes.hpp"
#include "cli/report_file.hpp"
#include "cli/standard_output.hpp"
#include "export/explain_json.hpp"
#include "findings/codes.hpp"
#include "view/explain_text.hpp"
#include "view/map_svg.hpp"

namespace plimsoll::cli {
namespace {

using machines::Outcome;
using machines::Problem;

int fail(const Problem& problem) {
    fmt::print(stderr, "plimsoll: {}\n", machines::text(problem));
    return kOwnFailure;
}

// Nothing: it is written.
std::optional<Problem> draw(const std::vector<findings::Explanation>& explanations,
                            const ExplainOptions& options) {
    bool any = false;
    for (const findings::Explanation& one : explanations) any = any || !one.maps.empty();
    if (explanations.empty()) {
        return Problem{"it is not said which of the findings to draw", "its number or its code",
                       fmt::format("plimsoll explain {} lists them", options.file)};
    }
    if (!any) {
        return Problem{"there is nothing to draw: the report has no address of it",
                       "a finding about memory that was seen",
                       fmt::format("plimsoll explain {} lists the others", options.file)};
    }
    std::ofstream file(options.svg, std::ios::binary);
    file << view::maps_svg(explanations) << std::flush;
    if (file) return std::nullopt;
    return Problem{
        fmt::format("the picture cannot be written to '{}': {}", options.svg, std::strerror(errno)),
        "a path in a folder that exists and that you may write to", "choose another"};
}

}  // namespace

CLI::App* add_explain(CLI::App& app, ExplainOptions& options) {
    CLI::App* explain = app.add_subcommand(
        "explain", "Tell a finding of a JSON report at length, with a picture of the memory");
    explain->footer("Example: plimsoll explain report.json out-of-memory --svg memory.svg");
    explain
        ->add_option("REPORT", options.file,
                     "What plimsoll run --report-format json wrote; - for standard input")
        ->required();
    explain
        ->add_option("FINDING", options.finding,
                     "Its number or its code; without it: the list, or the only one")
        ->check(offers(fmt::format("{}", fmt::join(findings::kCodes, " "))));
    explain->add_option("--device", options.device, "Only what is on this chip")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber.description(""));
    std::map<std::string, Region> regions;
    for (const Region region : kRegions) regions[name(region)] = region;
    explain->add_option("--region", options.region, "Only dram, l1, l1_small or trace")
        ->type_name("NAME")
        ->transform(choice(std::move(regions)));
    explain->add_option("--svg", options.svg, "Also draw the picture into this file")
        ->type_name("FILE");
    explain->add_flag("--json", options.json, "Print JSON");
    return explain;
}

int explain(const ExplainOptions& options) {
    const Outcome<ReportFile> file = read_report_file(options.file);
    if (!file) return fail(file.problem());
    const findings::Report& report = file.value().report;
    if (report.findings.empty() && !options.json) {
        return print(
            fmt::format("plimsoll: nothing to explain: '{}' has no findings\n", options.file));
    }
    const auto chosen_ones = chosen(report, options);
    if (!chosen_ones) return fail(chosen_ones.problem());
    const std::vector<findings::Explanation>& explanations = chosen_ones.value();
    if (!options.svg.empty()) {
        if (const auto problem = draw(explanations, options)) return fail(*problem);
    }
    if (explanations.empty()) {
        return print(options.json ? exporting::finding_list_json(report)
                                  : view::finding_list(report, options.file, style_of_stdout()));
    }
    return print(options.json ? exporting::explain_json(explanations)
                              : view::explain_text(report, explanations, style_of_stdout()));
}

}  // namespace plimsoll::cli
