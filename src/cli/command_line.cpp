#include "cli/command_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "cli/check_arguments.hpp"
#include "cli/exit_codes.hpp"
#include "cli/run_arguments.hpp"
#include "plimsoll/version.h"

namespace plimsoll::cli {

template <class Options>
void CommandLine::add_runner(CLI::App* (*declare)(CLI::App&, Options&), Options& options,
                             int (*act)(const Options&)) {
    const CLI::App* subcommand = declare(app_, options);
    actions_[subcommand] = [subcommand, &options, act] {
        const std::string problem = complete(*subcommand, options);
        if (problem.empty()) return act(options);
        fmt::print(stderr, "plimsoll: {}\n", problem);
        return kOwnFailure;
    };
}

CommandLine::CommandLine()
    : app_("Plimsoll tells who holds every byte of accelerator memory, and why.", "plimsoll") {
    app_.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION);
    app_.require_subcommand(1);
    add_runner(add_run, run_, cli::run);
    add_runner(add_record, record_, cli::run);
    add_runner(add_check, check_, check);
    add(add_machines, machines_, show_machines);
    add_runner(add_doctor, doctor_, run_doctor);
    add(add_ps, observe_, ps);
    add(add_show, observe_, show);
    add(add_leaks, observe_, leaks);
    add(add_explain, explain_, explain);
    add(add_fleet, fleet_, show_fleet);
    add(add_serve, serve_, serve);
    add(add_top, top_, top);
    add(add_mark, mark_, mark);
    add(add_wait, wait_, cli::wait);
    add(add_demo, demo_, demo);
}

int CommandLine::run(int argc, char** argv) {
    // What stands after the first two dashes is the command's alone.
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    if (dashes != end) {
        run_.command.assign(dashes + 1, end);
        record_.command = check_.watching.command = doctor_.command = run_.command;
    }
    try {
        app_.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::ParseError& stop) {
        // Help and version come this way too, with exit code 0.
        return app_.exit(stop) == 0 ? 0 : kOwnFailure;
    }
    return actions_.at(app_.get_subcommands().front())();
}

}  // namespace plimsoll::cli
