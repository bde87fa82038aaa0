#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace plimsoll::cli {

// mark NAME: the allocation server remembers how far each process has come, for `show --since`.
struct MarkOptions {
    std::string name;
    bool json = false;
};

CLI::App* add_mark(CLI::App& app, MarkOptions& options);
// Prints on standard output and returns the exit code of the whole program.
int mark(const MarkOptions& options);

// The highest id that an allocation of the process can have had at the mark. Nothing: the server
// knows no such mark of this user, or there is no server.
std::optional<std::uint64_t> last_id_at(const std::string& mark, std::int32_t pid);
// Says so; the exit code.
int no_such_mark(const std::string& mark, std::int32_t pid);

}  // namespace plimsoll::cli
