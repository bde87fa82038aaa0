#include "cli/check_arguments.hpp"

#include <fmt/format.h>

#include "cli/run_arguments.hpp"

namespace plimsoll::cli {

CLI::App* add_check(CLI::App& app, CheckOptions& options) {
    CLI::App* check = app.add_subcommand(
        "check", "Run a command and fail when it leaves memory behind, or takes too much: for CI");
    check->footer(
        "The command keeps its standard streams. What fails goes to standard error: owner, line\n"
        "and bytes of each place; the whole report only to the FILE of --report.\n"
        "Exit code: N of --error-exitcode (23) when the memory fails, whatever the command's own\n"
        "is; else the command's own, so a test that fails is never a pass. 125: plimsoll could\n"
        "not do what it was asked to, or nothing was watched and so nothing was checked.\n"
        "With GITHUB_ACTIONS=true each failure is an annotation of its line too.\n\n"
        "Example: plimsoll check --baseline memory.json --limit dram=10GiB -- pytest tests/");
    add_watching(*check, options.watching);
    options.watching.fail_on = {"error"};
    check->get_option("--fail-on")
        ->description(
            "What fails: codes of findings, or error (default), warning, info; "
            "separated by commas");
    CLI::Option* baseline = check->add_option(
        "--baseline", options.baseline, "Accept what FILE accepts; more of it than that fails");
    baseline->type_name("FILE");
    check
        ->add_option("--write-baseline", options.write_baseline,
                     "Accept all that is there now, and write it to FILE")
        ->type_name("FILE")
        ->excludes(baseline);
    check
        ->add_option("--limit", options.limit_words,
                     "Fail when a device ever held more: dram, l1, l1_per_core, l1_small or trace, "
                     "such as dram=10GiB")
        ->type_name("REGION=SIZE")
        ->delimiter(',')
        ->allow_extra_args(false);
    check->add_option("--junit", options.junit, "Write the result to FILE as JUnit's XML")
        ->type_name("FILE");
    check->add_option("--sarif", options.sarif, "Write the findings to FILE as SARIF 2.1.0")
        ->type_name("FILE");
    check->prefix_command();
    return check;
}

std::string complete(const CLI::App& check, CheckOptions& options) {
    const std::string problem = complete(check, options.watching);
    if (!problem.empty()) return problem;
    for (const std::string& word : options.limit_words) {
        auto read = gate::read_limit(word);
        if (const auto* why = std::get_if<std::string>(&read)) {
            return fmt::format(
                "--limit: {}\n"
                "  expected: a region and the most a device may hold of it\n"
                "  to do: --limit dram=10GiB, for example, or --limit l1_per_core=1200K",
                *why);
        }
        options.limits.push_back(std::get<gate::Limit>(read));
    }
    return {};
}

}  // namespace plimsoll::cli
