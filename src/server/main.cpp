#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "plimsoll/version.h"
#include "server/arguments.hpp"
#include "server/server.hpp"

namespace {

using plimsoll::server::kOwnFailure;

int main_or_throw(int argc, char** argv) {
    CLI::App app(plimsoll::server::kDescription, plimsoll::server::kName);
    app.set_version_flag("--version", "plimsolld " PLIMSOLL_VERSION);
    plimsoll::server::Options options;
    add_arguments(app, options);
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
