#include "cli/run_arguments.hpp"

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/command_words.hpp"
#include "cli/exit_codes.hpp"
#include "cli/machines.hpp"
#include "gate/conditions.hpp"

namespace plimsoll::cli {

void add_watching(CLI::App& command, RunOptions& options) {
    command
        .add_option("--machine", options.machine,
                    "Run on a mock machine, without hardware: " + machine_names())
        ->type_name("M")
        ->check(offers(machine_names(" ")));
    command.add_option("--report", options.report_file, "Write the report to FILE")
        ->type_name("FILE");
    command
        .add_option("--report-format", options.format,
                    "text (default), json, or html: a page for a browser, which goes to a FILE")
        ->type_name("FORMAT")
        ->transform(choice<ReportFormat>({{"text", ReportFormat::text},
                                          {"json", ReportFormat::json},
                                          {"html", ReportFormat::html}}));
    command
        .add_option("--fail-on", options.fail_on,
                    "Exit with N when one of these findings is made: codes, or error, warning, "
                    "info; separated by commas")
        ->type_name("CODES")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->check(offers(fmt::format("{}", fmt::join(gate::known_conditions(), " "))));
    options.error_exitcode = kFindingMatched;
    command.add_option("--error-exitcode", options.error_exitcode, "N of --fail-on (default 23)")
        ->type_name("N")
        ->check(CLI::Range(1, 255));
    command
        .add_option(
            "--call-sites", options.call_sites,
            "How to name the lines that allocate: off, python (default), or native, which is "
            "slower: lines of C++ and the runtime's functions too")
        ->type_name("HOW")
        ->check(
            CLI::IsMember({"off", "python", "native"}).description("").name("off python native"));
    command.add_flag("--verify", options.verify,
                     "Compare the ledger with the runtime's own allocator at every event");
}

namespace {

void add_quiet(CLI::App& command, RunOptions& options) {
    command.add_flag("--quiet", options.quiet, "Print no report (FILE is written all the same)");
}

}  // namespace

CLI::App* add_run(CLI::App& app, RunOptions& options) {
    CLI::App* run = app.add_subcommand(
        "run", "Run a command, watch its device memory, and report at its end what was left");
    run->footer(
        "The command keeps its standard streams and its exit code (128 + signal when a signal\n"
        "ended it). The report goes to standard error, or to FILE.\n"
        "Exit codes of our own: 23 a finding named by --fail-on, 125 plimsoll could not do what\n"
        "it was asked to, 126 the command cannot be started, 127 it was not found.\n\n"
        "Example: plimsoll run --machine t3k --fail-on error -- python model.py");
    add_watching(*run, options);
    add_quiet(*run, options);
    run->add_flag("--no-agent", options.no_agent,
                  "Prepare the machine and run the command, but watch nothing");
    run->prefix_command();
    return run;
}

CLI::App* add_record(CLI::App& app, RunOptions& options) {
    CLI::App* record = app.add_subcommand(
        "record", "Run a command like run does, and keep what it held at each moment");
    record->footer(
        "plimsoll serve FILE shows the recording in a browser. All that run says holds here too;\n"
        "125 also when FILE cannot be written.\n\n"
        "Example: plimsoll record --output model.plimsoll -- python model.py");
    record->add_option("--output", options.recording, "Where the recording goes")
        ->type_name("FILE")
        ->required();
    add_watching(*record, options);
    add_quiet(*record, options);
    record->prefix_command();
    return record;
}

std::string complete(const CLI::App& run, RunOptions& options) {
    const std::string usage = "plimsoll " + run.get_name() + " [options] -- COMMAND...";
    const std::string problem = take_words(run, usage, options.command);
    if (!problem.empty()) return problem;
    if (options.command.empty()) {
        return fmt::format(
            "no command to run\n"
            "  expected: {}\n"
            "  to do: name one, such as: plimsoll {} -- python model.py",
            usage, run.get_name());
    }
    if (options.format == ReportFormat::html && options.report_file.empty()) {
        return "--report-format html has no file to go to\n"
               "  expected: --report FILE beside it\n"
               "  to do: plimsoll run --report memory.html --report-format html -- COMMAND...";
    }
    for (const std::string& unknown : gate::unknown_conditions(options.fail_on)) {
        return fmt::format(
            "--fail-on does not know '{}'\n"
            "  expected: the code of a finding, or error, warning, info\n"
            "  to do: take the code from a report, or see docs/findings.md",
            unknown);
    }
    return {};
}

}  // namespace plimsoll::cli
