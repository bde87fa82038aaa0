#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "ledger/select.hpp"
#include "view/holdings.hpp"

namespace plimsoll::cli {

// The commands that look at running processes: ps, show PID, leaks PID. They need no server, open
// no device and change nothing.
struct ObserveOptions {
    bool json = false;
    double watch_s = 0;  // print again after so many seconds; 0: print once
    int pid = 0;
    view::By by = view::By::site;
    ledger::Selection selection;
    std::string user;   // ps: of this one only; empty: of all
    std::string since;  // show: what was made after this mark; empty: all
};

CLI::App* add_ps(CLI::App& app, ObserveOptions& options);
CLI::App* add_show(CLI::App& app, ObserveOptions& options);
CLI::App* add_leaks(CLI::App& app, ObserveOptions& options);

// Each prints on standard output and returns the exit code of the whole program.
int ps(const ObserveOptions& options);
int show(const ObserveOptions& options);
int leaks(const ObserveOptions& options);

}  // namespace plimsoll::cli
