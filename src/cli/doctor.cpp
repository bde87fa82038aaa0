#include "cli/doctor.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/command_words.hpp"
#include "cli/exit_codes.hpp"
#include "cli/machines.hpp"
#include "cli/preparation.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/standard_output.hpp"
#include "collect/listener.hpp"
#include "doctor/diagnose.hpp"
#include "doctor/executable.hpp"
#include "export/doctor_json.hpp"
#include "machines/interpreter.hpp"
#include "machines/runtime_root.hpp"
#include "view/doctor_text.hpp"

namespace plimsoll::cli {
namespace {

namespace fs = std::filesystem;

int cannot_look(const std::string& problem) {
    fmt::print(stderr, "plimsoll: {}\n", problem);
    return kOwnFailure;
}

// A command that is run as it would be, but for the command itself.
RunOptions run_like(const DoctorOptions& options) {
    RunOptions run;
    run.machine = options.machine;
    run.command = options.command;
    run.call_sites = "python";
    return run;
}

}  // namespace

CLI::App* add_doctor(CLI::App& app, DoctorOptions& options) {
    CLI::App* doctor = app.add_subcommand(
        "doctor", "Say what a run would see here, and what to do about what it would not");
    doctor->footer(
        "The command is not run: the Python it would use imports ttnn, and on a mock machine runs\n"
        "one op on all devices. Without a command: the active virtual environment's Python, then\n"
        "python3 and python on PATH.\n"
        "Exit codes: 0 a run would see all that the release shows, 1 it would not, 125 doctor\n"
        "could not look.\n\n"
        "Example: plimsoll doctor --machine n150 -- python model.py");
    doctor->add_option("--machine", options.machine, "As for a run on: " + machine_names())
        ->type_name("M");
    doctor->add_flag("--json", options.json, "Print JSON");
    doctor->prefix_command();
    return doctor;
}

std::string complete(const CLI::App& doctor, DoctorOptions& options) {
    return take_words(doctor, "plimsoll doctor [--machine M] [--json] [-- COMMAND...]",
                      options.command);
}

int run_doctor(const DoctorOptions& options) {
    doctor::Facts facts;
    facts.command = options.command;
    facts.hardware = doctor::hardware();
    const char* wish = std::getenv("PLIMSOLL_AGENT");
    facts.agent_is_off = wish != nullptr && std::string_view(wish) == "off";
    if (!options.machine.empty()) {
        facts.machine = machines::find(options.machine);
        if (facts.machine == nullptr) return cannot_look(unknown_machine(options.machine));
    }
    if (!options.command.empty()) {
        const fs::path program = machines::find_on_path(options.command.front());
        if (!program.empty()) facts.no_preload = doctor::why_no_preload(program);
    }
    const std::optional<ScratchFolder> scratch = ScratchFolder::make();
    if (!scratch) return cannot_look(ScratchFolder::problem());
    const fs::path socket = scratch->path() / "socket";
    const auto listener = collect::Listener::listen(socket.string());
    if (!listener)
        return cannot_look(fmt::format("{} at {}", listener.error().text, socket.string()));

    const auto package = machines::find_package(options.command);
    if (package) {
        facts.package = package.value();
        facts.compiler = machines::real_compiler(facts.package.folder);
        auto prepared = prepare(run_like(options), scratch->path(), socket);
        if (const auto* problem = std::get_if<std::string>(&prepared)) return cannot_look(*problem);
        const auto& preparation = std::get<Preparation>(prepared);
        facts.agent_problem = preparation.not_attached_why;
        facts.found = doctor::probe({facts.package.interpreter, scratch->path(), facts.machine,
                                     preparation.changes.set, preparation.changes.unset});
    } else {
        facts.no_package = package.problem();
    }
    const doctor::Diagnosis diagnosis = doctor::diagnose(facts);
    const std::string text = options.json ? exporting::doctor_json(diagnosis)
                                          : view::doctor_text(diagnosis, style_of_stdout());
    const int failed = print(text);
    if (failed != 0) return failed;
    return diagnosis.ready() ? 0 : kNotReady;
}

}  // namespace plimsoll::cli
