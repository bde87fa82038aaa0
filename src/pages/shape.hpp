#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace plimsoll::pages {

// What a value may be, as far as a shell can complete it.
enum class Value { none, any, words, files, processes };

struct Option {
    std::vector<std::string> names;  // "-h", "--help"; empty: it is known by its place
    std::string value_name;          // "FILE"; empty: it takes no value
    std::string description;
    std::string group;
    Value value = Value::none;
    std::vector<std::string> words;
    bool required = false;
    bool separated = false;  // several values, with commas between them
};

// A program or one of its subcommands: all that its --help tells.
struct Command {
    std::string name;
    std::string description;
    std::string footer;
    bool runs_a_command = false;  // which stands behind two dashes
    std::vector<Option> options;
    std::vector<Command> subcommands;
};

Command shape_of(CLI::App& app);

}  // namespace plimsoll::pages
