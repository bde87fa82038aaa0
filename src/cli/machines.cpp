#include "cli/machines.hpp"

#include "cli/standard_output.hpp"
#include "export/machines_json.hpp"
#include "machines/machine.hpp"
#include "machines/problem.hpp"
#include "view/machine_table.hpp"

namespace plimsoll::cli {

CLI::App* add_machines(CLI::App& app, MachinesOptions& options) {
    CLI::App* machines = app.add_subcommand(
        "machines", "List the mock machines that `plimsoll run --machine` knows");
    machines->footer("Example: plimsoll machines --json");
    machines->add_flag("--json", options.json, "Print JSON");
    return machines;
}

int show_machines(const MachinesOptions& options) {
    const std::string text = options.json ? exporting::machines_json(machines::all())
                                          : view::machine_table(machines::all());
    return print(text);
}

std::string machine_names(const char* separator) {
    std::string names;
    for (const machines::Machine& machine : machines::all()) {
        names += (names.empty() ? "" : separator) + std::string(machine.name);
    }
    return names;
}

std::string unknown_machine(const std::string& name) {
    return machines::text({"unknown machine '" + name + "'", "one of " + machine_names(),
                           "name one of them, or leave --machine out on real hardware"});
}

}  // namespace plimsoll::cli
