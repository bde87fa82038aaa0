#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <map>

#include "cli/check.hpp"
#include "cli/demo.hpp"
#include "cli/doctor.hpp"
#include "cli/explain.hpp"
#include "cli/fleet.hpp"
#include "cli/machines.hpp"
#include "cli/mark.hpp"
#include "cli/observe.hpp"
#include "cli/run.hpp"
#include "cli/serve.hpp"
#include "cli/top.hpp"
#include "cli/wait.hpp"

namespace plimsoll::cli {

// All of plimsoll's subcommands and options. The manual pages and what shells complete are made
// from it too.
class CommandLine {
  public:
    CommandLine();
    CommandLine(const CommandLine&) = delete;  // the options know where their values go
    CommandLine& operator=(const CommandLine&) = delete;

    CLI::App& app() { return app_; }

    // Does what the arguments of main() ask for. Returns the exit code of the whole program.
    int run(int argc, char** argv);

  private:
    // Without a command behind two dashes.
    template <class Options>
    void add(CLI::App* (*declare)(CLI::App&, Options&), Options& options,
             int (*act)(const Options&)) {
        actions_[declare(app_, options)] = [&options, act] { return act(options); };
    }
    // With one.
    template <class Options>
    void add_runner(CLI::App* (*declare)(CLI::App&, Options&), Options& options,
                    int (*act)(const Options&));

    CLI::App app_;
    RunOptions run_;
    RunOptions record_;
    CheckOptions check_;
    MachinesOptions machines_;
    DoctorOptions doctor_;
    ObserveOptions observe_;
    ExplainOptions explain_;
    FleetOptions fleet_;
    ServeOptions serve_;
    TopOptions top_;
    MarkOptions mark_;
    WaitOptions wait_;
    DemoOptions demo_;
    std::map<const CLI::App*, std::function<int()>> actions_;
};

}  // namespace plimsoll::cli
