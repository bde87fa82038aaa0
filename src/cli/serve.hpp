#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace plimsoll::cli {

// serve REPORT: the page of a report, for a browser.
struct ServeOptions {
    std::string file;
    std::string address = "127.0.0.1:0";
    std::string token_file;          // empty: a token of this run
    std::vector<std::string> names;  // of this machine
};

CLI::App* add_serve(CLI::App& app, ServeOptions& options);
// Becomes plimsolld, which speaks HTTP; returns the exit code when that cannot be.
int serve(const ServeOptions& options);

}  // namespace plimsoll::cli
