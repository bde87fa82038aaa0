#include "cli/observe.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include "cli/choice.hpp"
#include "cli/exit_codes.hpp"
#include "cli/mark.hpp"
#include "cli/server_link.hpp"
#include "cli/standard_output.hpp"
#include "collect/discovery.hpp"
#include "export/ps_json.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"
#include "symbols/view_names.hpp"
#include "view/leaks_text.hpp"
#include "view/ps_table.hpp"
#include "view/upstream_notes.hpp"

namespace plimsoll::cli {
namespace {

// Looked for here, and where the server can look and we cannot.
std::optional<ledger::ProcessView> find(int pid) {
    std::optional<ledger::ProcessView> process = collect::look_at_process(pid);
    if (!process) process = ask_for_process(pid);
    symbols::Symboliser symboliser;
    if (process) symbols::name_frames(*process, symboliser);
    return process;
}

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
        print(before_the_next());
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

std::uint64_t now_ns() {
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since_1970).count());
}

int ps_once(const ObserveOptions& options) {
    ledger::Sighting sighting = collect::look_around();
    add_what_the_server_knows(sighting);
    std::erase_if(sighting.processes, [&options](const ledger::ProcessView& process) {
        return !options.user.empty() && process.identity.user != options.user;
    });
    std::erase_if(sighting.unwatched, [&options](const ledger::Unwatched& process) {
        const std::vector<std::int32_t>& devices = process.devices;
        const bool is_elsewhere =
            options.selection.device && !devices.empty() &&
            std::find(devices.begin(), devices.end(), *options.selection.device) == devices.end();
        return is_elsewhere || (!options.user.empty() && process.user != options.user);
    });
    for (ledger::ProcessView& process : sighting.processes) {
        process = ledger::select(std::move(process), options.selection);
    }
    if (options.selection.device) {
        std::erase_if(sighting.processes,
                      [](const auto& process) { return process.devices.empty(); });
    }
    const bool all = options.user.empty() && !options.selection.device;
    const upstream::Sighting upstream = all ? upstream::look_at_statistics() : upstream::Sighting{};
    for (std::string& note : view::upstream_notes(upstream, sighting.processes, now_ns())) {
        sighting.notes.push_back(std::move(note));
    }
    return print(options.json ? exporting::ps_json(sighting, upstream)
                              : view::ps_table(sighting, style_of_stdout()));
}

int show_once(const ObserveOptions& options) {
    std::optional<ledger::ProcessView> process = find(options.pid);
    if (!process) return not_found(options.pid);
    ledger::Selection selection = options.selection;
    if (!options.since.empty()) {
        const std::optional<std::uint64_t> id = last_id_at(options.since, options.pid);
        if (!id) return no_such_mark(options.since, options.pid);
        selection.after_id = *id;
    }
    process = ledger::select(std::move(*process), selection);
    const auto shown = selection.device || selection.is_of_allocations() ? view::Shown::selected
                                                                         : view::Shown::all;
    return print(options.json ? exporting::show_json(*process)
                              : view::holdings(*process, options.by, shown, style_of_stdout()));
}

int leaks_once(const ObserveOptions& options) {
    const std::optional<ledger::ProcessView> process = find(options.pid);
    if (!process) return not_found(options.pid);
    auto findings = findings::judge(ledger::merge({*process}), process->identity.package);
    // Who watched it from the beginning knows more than its rings still have.
    const auto growths = ask_for_growths(process->identity);
    if (!growths.empty()) {
        std::erase_if(findings,
                      [&](const auto& seen) { return seen.code == growths.front().code; });
        findings.insert(findings.begin(), growths.begin(), growths.end());
    }
    return print(options.json ? exporting::leaks_json(*process, findings)
                              : view::leaks_text(*process, findings, style_of_stdout()));
}

// The words are the enumerators' own names.
template <class Enum>
void add_named_filter(CLI::App* command, const char* option, std::size_t count,
                      std::optional<Enum>& to, const char* what) {
    std::map<std::string, Enum> words;
    for (std::size_t i = 0; i < count; ++i) {
        words[name(static_cast<Enum>(i))] = static_cast<Enum>(i);
    }
    command->add_option(option, to, what)->type_name("NAME")->transform(choice(std::move(words)));
}

void add_device(CLI::App* command, ObserveOptions& options) {
    command->add_option("--device", options.selection.device, "Only what is on this chip")
        ->type_name("N")
        ->check(CLI::NonNegativeNumber.description(""));
}

}  // namespace

CLI::App* add_ps(CLI::App& app, ObserveOptions& options) {
    CLI::App* ps = add(app, options, "ps", "Who holds what: running processes, device by device",
                       "plimsoll ps --device 0 --json");
    add_device(ps, options);
    ps->add_option("--user", options.user, "Only processes of this user")->type_name("NAME");
    return ps;
}

CLI::App* add_show(CLI::App& app, ObserveOptions& options) {
    CLI::App* show = add(app, options, "show", "What a running process holds, the biggest first",
                         "plimsoll show 4711 --by program");
    show->add_option("PID", options.pid, "The process")->required();
    add_device(show, options);
    add_named_filter(show, "--region", kRegionCount, options.selection.region,
                     "Only what is in dram, l1, l1_small, trace or system");
    add_named_filter(show, "--kind", kKindCount, options.selection.kind,
                     "Only buffer, circular_buffer, semaphore, ...");
    add_named_filter(show, "--owner", kOwnerCount, options.selection.owner,
                     "Only what belongs to user, program, runtime or unknown");
    show->add_option("--since", options.since, "Only what was made after plimsoll mark NAME")
        ->type_name("NAME");
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
