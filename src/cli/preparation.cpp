#include "cli/preparation.hpp"

#include <cstdlib>

#include "cli/machines.hpp"
#include "machines/machine.hpp"
#include "machines/mock.hpp"
#include "machines/parts.hpp"

namespace plimsoll::cli {
namespace {

namespace fs = std::filesystem;

// Empty: done. Otherwise the problem.
std::string prepare_machine(const RunOptions& options, const fs::path& scratch, Preparation& to,
                            std::vector<fs::path>& preload) {
    const machines::Machine* machine = machines::find(options.machine);
    if (machine == nullptr) return unknown_machine(options.machine);
    const auto package = machines::find_package(options.command);
    if (!package) return machines::text(package.problem());
    const auto environment = machines::prepare(*machine, package.value(), scratch);
    if (!environment) return machines::text(environment.problem());
    to.changes.set = environment.value().set;
    to.changes.unset = environment.value().unset;
    preload = environment.value().preload;
    to.machine = std::string("mock:") + machine->name;
    to.package = "ttnn " + package.value().version;
    to.changes.set.emplace_back("PLIMSOLL_MACHINE", to.machine);
    return {};
}

void attach_agent(const RunOptions& options, const fs::path& socket, Preparation& to,
                  std::vector<fs::path>& preload) {
    const fs::path library = machines::find_library("libplimsoll-ttmetal.so");
    if (library.empty()) {
        to.not_attached_why =
            "libplimsoll-ttmetal.so is not beside this program; build or "
            "install it whole";
        return;
    }
    preload.insert(preload.begin(), library);  // in front of what stands in for the runtime
    to.changes.set.emplace_back("PLIMSOLL_SOCKET", socket.string());
    to.changes.set.emplace_back("PLIMSOLL_CALL_SITES", options.call_sites);
    if (options.verify) to.changes.set.emplace_back("PLIMSOLL_VERIFY", "1");
}

// So that the program can `import plimsoll`; the caller's own folders come first.
void add_python_module(Preparation& to) {
    const fs::path folder = machines::find_python_folder();
    if (folder.empty()) return;
    const char* callers = std::getenv("PYTHONPATH");
    const bool is_set = callers != nullptr && *callers != '\0';
    to.changes.set.emplace_back("PYTHONPATH",
                                is_set ? callers + (":" + folder.string()) : folder.string());
}

// The caller's own stay, behind ours.
void set_preload(const std::vector<fs::path>& ours, Preparation& to) {
    if (ours.empty()) return;
    std::string all;
    for (const fs::path& library : ours) all += (all.empty() ? "" : ":") + library.string();
    const char* callers = std::getenv("LD_PRELOAD");
    if (callers != nullptr && *callers != '\0') all += ":" + std::string(callers);
    to.changes.set.emplace_back("LD_PRELOAD", all);
}

}  // namespace

std::variant<Preparation, std::string> prepare(const RunOptions& options, const fs::path& scratch,
                                               const fs::path& socket) {
    Preparation preparation;
    std::vector<fs::path> preload;
    if (!options.machine.empty()) {
        std::string problem = prepare_machine(options, scratch, preparation, preload);
        if (!problem.empty()) return problem;
    }
    if (!options.no_agent) attach_agent(options, socket, preparation, preload);
    add_python_module(preparation);
    set_preload(preload, preparation);
    return preparation;
}

}  // namespace plimsoll::cli
