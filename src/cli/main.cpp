#include <fmt/format.h>

#include <cstdio>

#include "cli/exit_codes.hpp"
#include "cli/run_arguments.hpp"
#include "plimsoll/version.h"

namespace {

using namespace plimsoll::cli;

int main_or_throw(int argc, char** argv) {
    CLI::App app("Plimsoll tells who holds every byte of accelerator memory, and why.", "plimsoll");
    app.set_version_flag("--version", "plimsoll " PLIMSOLL_VERSION);
    app.require_subcommand(1);
    RunOptions options;
    const CLI::App* run_arguments = add_run(app, options);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        // Help and version come this way too, with exit code 0.
        return app.exit(stop) == 0 ? 0 : kOwnFailure;
    }
    const std::string problem = complete(*run_arguments, options);
    if (!problem.empty()) {
        fmt::print(stderr, "plimsoll: {}\n", problem);
        return kOwnFailure;
    }
    return run(options);
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
