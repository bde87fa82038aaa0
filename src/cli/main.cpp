#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "cli/demo.hpp"
#include "cli/doctor.hpp"
#include "cli/exit_codes.hpp"
#include "cli/explain.hpp"
#include "cli/machines.hpp"
#include "cli/mark.hpp"
#include "cli/observe.hpp"
#include "cli/run_arguments.hpp"
#include "cli/top.hpp"
#include "cli/wait.hpp"
#include "plimsoll/version.h"

namespace {

using namespace plimsoll::cli;

int fail(const std::string& problem) {
    fmt::print(stderr, "plimsoll: {}\n", problem);
    return kOwnFailure;
}

int main_or_throw(int argc, char** argv) {
    CLI::App app("Plimsoll tells who holds every byte of accelerator memory, and why.", "plimsoll");
    app.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION);
    app.require_subcommand(1);
    RunOptions options;
    const CLI::App* run_arguments = add_run(app, options);
    MachinesOptions machines_options;
    const CLI::App* machines = add_machines(app, machines_options);
    DoctorOptions doctor_options;
    const CLI::App* doctor = add_doctor(app, doctor_options);
    ObserveOptions observe;
    const CLI::App* ps_arguments = add_ps(app, observe);
    const CLI::App* show_arguments = add_show(app, observe);
    const CLI::App* leaks_arguments = add_leaks(app, observe);
    ExplainOptions explain_options;
    const CLI::App* explain_arguments = add_explain(app, explain_options);
    TopOptions top_options;
    const CLI::App* top_arguments = add_top(app, top_options);
    MarkOptions mark_options;
    const CLI::App* mark_arguments = add_mark(app, mark_options);
    WaitOptions wait_options;
    const CLI::App* wait_arguments = add_wait(app, wait_options);
    DemoOptions demo_options;
    const CLI::App* demo_arguments = add_demo(app, demo_options);
    // What stands after the first two dashes is the command's alone.
    char** const end = argv + argc;
    char** const dashes = std::find(argv, end, std::string_view("--"));
    if (dashes != end) options.command.assign(dashes + 1, end);
    doctor_options.command = options.command;
    try {
        app.parse(static_cast<int>(dashes - argv), argv);
    } catch (const CLI::ParseError& stop) {
        // Help and version come this way too, with exit code 0.
        return app.exit(stop) == 0 ? 0 : kOwnFailure;
    }
    if (machines->parsed()) return show_machines(machines_options);
    if (ps_arguments->parsed()) return ps(observe);
    if (show_arguments->parsed()) return show(observe);
    if (leaks_arguments->parsed()) return leaks(observe);
    if (explain_arguments->parsed()) return explain(explain_options);
    if (top_arguments->parsed()) return top(top_options);
    if (mark_arguments->parsed()) return mark(mark_options);
    if (wait_arguments->parsed()) return plimsoll::cli::wait(wait_options);
    if (demo_arguments->parsed()) return demo(demo_options);
    if (doctor->parsed()) {
        const std::string problem = complete(*doctor, doctor_options);
        return problem.empty() ? run_doctor(doctor_options) : fail(problem);
    }
    const std::string problem = complete(*run_arguments, options);
    return problem.empty() ? run(options) : fail(problem);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return main_or_throw(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "plimsoll: {}\n", error.what());
        return kOwnFailure;
    }
}
