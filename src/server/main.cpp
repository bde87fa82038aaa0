#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "plimsoll/version.h"
#include "server/server.hpp"

namespace {

using plimsoll::server::kOwnFailure;

int main_or_throw(int argc, char** argv) {
    CLI::App app("The allocation server: keeps the books of all processes that have an agent.",
                 "plimsolld");
    app.set_version_flag("--version", "plimsolld " PLIMSOLL_VERSION);
    plimsoll::server::Options options;
    app.footer(
        "Prints what is live when it changes, and every ten seconds. Programs find the server at\n"
        "$PLIMSOLL_SOCKET, else at plimsoll/plimsolld.sock in $XDG_RUNTIME_DIR or /run; it finds\n"
        "those that were there before it.\n\n"
        "Example: plimsolld --socket /tmp/plimsoll.sock");
    app.add_option("--socket", options.socket, "Listen at PATH")->type_name("PATH");
    app.add_flag("--quiet", options.quiet, "Print nothing");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& stop) {
        return app.exit(stop) == 0 ? 0 : kOwnFailure;
    }
    return plimsoll::server::serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return main_or_throw(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "plimsolld: " << error.what() << '\n';
        return kOwnFailure;
    }
}
