#include "cli/preparation.hpp"

#include <cstdlib>

#include "machines/machine.hpp"
#include "machines/mock.hpp"

namespace plimsoll::cli {
namespace {

namespace fs = std::filesystem;

// Beside the program: build trees have bin/ and lib/, installations lib/plimsoll/.
fs::path agent_library() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    const fs::path above = program.parent_path().parent_path();
    for (const char* folder : {"lib/plimsoll", "lib"}) {
        const fs::path library = above / folder / "libplimsoll-ttmetal.so";
        if (fs::exists(library, error)) return library;
    }
    return {};
}

std::string machine_names() {
    std::string names;
    for (const machines::Machine& machine : machines::all()) {
        names += (names.empty() ? "" : ", ") + std::string(machine.name);
    }
    return names;
}

// Empty: done. Otherwise the problem.
std::string prepare_machine(const RunOptions& options, const fs::path& scratch, Preparation& to) {
    const machines::Machine* machine = machines::find(options.machine);
    if (machine == nullptr) {
        return machines::text({"unknown machine '" + options.machine + "'",
                               "one of " + machine_names(),
                               "name one of them, or leave --machine out on real hardware"});
    }
    const auto package = machines::find_package(options.command);
    if (!package) return machines::text(package.problem());
    const auto environment = machines::prepare(*machine, package.value(), scratch);
    if (!environment) return machines::text(environment.problem());
    to.changes.set = environment.value().set;
    to.changes.unset = environment.value().unset;
    to.machine = std::string("mock:") + machine->name;
    to.package = "ttnn " + package.value().version;
    to.changes.set.emplace_back("PLIMSOLL_MACHINE", to.machine);
    return {};
}

void attach_agent(const RunOptions& options, const fs::path& socket, Preparation& to) {
    const fs::path library = agent_library();
    if (library.empty()) {
        to.not_attached_why =
            "libplimsoll-ttmetal.so is not beside this program; build or "
            "install it whole";
        return;
    }
    const char* preloaded = std::getenv("LD_PRELOAD");
    std::string preload = library.string();
    if (preloaded != nullptr && *preloaded != '\0') preload += ":" + std::string(preloaded);
    to.changes.set.emplace_back("LD_PRELOAD", preload);
    to.changes.set.emplace_back("PLIMSOLL_SOCKET", socket.string());
    to.changes.set.emplace_back("PLIMSOLL_CALL_SITES", options.call_sites);
    if (options.verify) to.changes.set.emplace_back("PLIMSOLL_VERIFY", "1");
}

}  // namespace

std::variant<Preparation, std::string> prepare(const RunOptions& options, const fs::path& scratch,
                                               const fs::path& socket) {
    Preparation preparation;
    if (!options.machine.empty()) {
        std::string problem = prepare_machine(options, scratch, preparation);
        if (!problem.empty()) return problem;
    }
    if (!options.no_agent) attach_agent(options, socket, preparation);
    return preparation;
}

}  // namespace plimsoll::cli
