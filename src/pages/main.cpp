// plimsoll-pages FOLDER: writes manual pages and completion of plimsoll and plimsolld below it, as
// share/ of an installation has them.
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "cli/command_line.hpp"
#include "pages/pages.hpp"
#include "server/arguments.hpp"

namespace {

namespace fs = std::filesystem;
using namespace plimsoll;

void write(const fs::path& folder, const pages::Page& page) {
    const fs::path path = folder / page.path;
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.exceptions(std::ios::failbit | std::ios::badbit);
    file << page.text << std::flush;
}

void write_all(const fs::path& folder, const pages::Command& program) {
    for (const pages::Page& page : pages::manual(program)) write(folder, page);
    write(folder, pages::bash_completion(program));
    write(folder, pages::zsh_completion(program));
    write(folder, pages::fish_completion(program));
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::fputs("plimsoll-pages: expected one folder to write below\n", stderr);
        return 1;
    }
    cli::CommandLine tool;
    write_all(argv[1], pages::shape_of(tool.app()));
    server::Options options;
    CLI::App server(server::kDescription, server::kName);
    server::add_arguments(server, options);
    write_all(argv[1], pages::shape_of(server));
} catch (const std::exception& error) {
    std::fprintf(stderr, "plimsoll-pages: %s\n", error.what());
    return 1;
}
