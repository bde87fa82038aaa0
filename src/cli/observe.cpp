#include "cli/observe.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <thread>

#include "cli/choice.hpp"
#include "cli/exit_codes.hpp"
#include "cli/standard_output.hpp"
#include "collect/discovery.hpp"
#include "export/ps_json.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "view/leaks_text.hpp"
#include "view/ps_table.hpp"

namespace plimsoll::cli {
namespace {

int not_found(int pid) {
    fmt::print(stderr,
               "plimsoll: process {} is not watched, or not yours to look into\n"
               "  expected: a process that runs with Plimsoll's agent and has opened a device\n"
               "  to do: plimsoll ps lists them; root sees those of all users\n",
               pid);
    return kOwnFailure;
}

// Once, or again and again until something goes wrong or the user has seen enough.
int repeatedly(const ObserveOptions& options, int (*print_once)(const ObserveOptions&)) {
    int failed = print_once(options);
    while (failed == 0 && options.watch_s > 0) {
        std::this_thread::sleep_for(std::chrono::duration<double>(options.watch_s));
        print(view::clear_screen(style_of_stdout()));
        failed = print_once(options);
    }
    return failed;
}

CLI::App* add(CLI::App& app, ObserveOptions& options, const char* name, const char* what,
              const char* example) {
    CLI::App* command = app.add_subcommand(name, what);
    command->footer(std::string("Example: ") + example);
    command->add_flag("--json", options.json, "Print JSON");
    command->add_option("--watch", options.watch_s, "Print again every so many seconds")
        ->type_name("SECONDS")
        ->check(CLI::Range(0.1, 86400.0).description(""));
    return command;
}

int ps_once(const ObserveOptions& options) {
    const collect::Sighting sighting = collect::look_around();
    return print(options.json
                     ? exporting::ps_json(sighting.processes, sighting.notes)
                     : view::ps_table(sighting.processes, sighting.notes, style_of_stdout()));
}

int show_once(const ObserveOptions& options) {
    const std::optional<ledger::ProcessView> process = collect::look_at_process(options.pid);
    if (!process) return not_found(options.pid);
    return print(options.json ? exporting::show_json(*process)
                              : view::holdings(*process, options.by, style_of_stdout()));
}

int leaks_once(const ObserveOptions& options) {
    const std::optional<ledger::ProcessView> process = collect::look_at_process(options.pid);
    if (!process) return not_found(options.pid);
    const auto findings = findings::judge(ledger::merge({*process}), process->identity.package);
    return print(options.json ? exporting::leaks_json(*process, findings)
                              : view::leaks_text(*process, findings, style_of_stdout()));
}

}  // namespace

CLI::App* add_ps(CLI::App& app, ObserveOptions& options) {
    return add(app, options, "ps", "Who holds what: running processes, device by device",
               "plimsoll ps --json");
}

CLI::App* add_show(CLI::App& app, ObserveOptions& options) {
    CLI::App* show = add(app, options, "show", "What a running process holds, the biggest first",
                         "plimsoll show 4711 --by program");
    show->add_option("PID", options.pid, "The process")->required();
    show->add_option("--by", options.by, "site (default), owner, program, kind or device")
        ->type_name("WHAT")
        ->transform(choice<view::By>({{"site", view::By::site},
                                      {"owner", view::By::owner},
                                      {"program", view::By::program},
                                      {"kind", view::By::kind},
                                      {"device", view::By::device}}));
    return show;
}

CLI::App* add_leaks(CLI::App& app, ObserveOptions& options) {
    CLI::App* leaks =
        add(app, options, "leaks", "What should be gone from a running process and is not, and why",
            "plimsoll leaks 4711");
    leaks->add_option("PID", options.pid, "The process")->required();
    return leaks;
}

int ps(const ObserveOptions& options) { return repeatedly(options, ps_once); }

int show(const ObserveOptions& options) { return repeatedly(options, show_once); }

int leaks(const ObserveOptions& options) { return repeatedly(options, leaks_once); }

}  // namespace plimsoll::cli
