#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "cli/command_line.hpp"
#include "cli/exit_codes.hpp"

int main(int argc, char** argv) {
    try {
        return plimsoll::cli::CommandLine().run(argc, argv);
    } catch (const std::exception& error) {
        fmt::print(stderr, "plimsoll: {}\n", error.what());
        return plimsoll::cli::kOwnFailure;
    }
}
