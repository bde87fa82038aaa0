// zsh: a list of _arguments for the program and for each subcommand.
#include <fmt/format.h>

#include "pages/pages.hpp"

namespace plimsoll::pages {
namespace {

// Inside single quotes, and inside the brackets or between the colons of a specification.
std::string quoted(const std::string& text, std::string_view special) {
    std::string result;
    for (const char letter : text) {
        if (letter == '\'') {
            result += "'\\''";
            continue;
        }
        if (letter == '\\' || special.find(letter) != std::string_view::npos) result += '\\';
        result += letter == '\n' ? ' ' : letter;
    }
    return result;
}

std::string action(const Option& option, const std::string& program) {
    const std::string words = fmt::format("{}", fmt::join(option.words, " "));
    switch (option.value) {
        case Value::files:
            return "_files";
        case Value::processes:
            return fmt::format("_{}_processes", program);
        case Value::words:
            return option.separated ? fmt::format("_sequence compadd - {}", words)
                                    : fmt::format("({})", words);
        default:
            return " ";
    }
}

std::string specification(const Option& option, const std::string& program) {
    const std::string value =
        fmt::format(":{}:{}", quoted(option.value_name, ":"), action(option, program));
    if (option.names.empty()) {
        return fmt::format(" \\\n        '{}{}'", option.required ? "" : ":", value);
    }
    std::string text;
    for (const std::string& name : option.names) {
        text += fmt::format(" \\\n        '{}[{}]{}'", name, quoted(option.description, "[]:"),
                            option.value_name.empty() ? "" : value);
    }
    return text;
}

std::string arguments(const Command& command, const std::string& program) {
    std::string text = "_arguments -S -s";
    for (const Option& option : command.options) text += specification(option, program);
    if (command.runs_a_command) text += " \\\n        '*::command: _normal'";
    return text;
}

std::string subcommands(const Command& program) {
    std::string names, cases;
    for (const Command& one : program.subcommands) {
        names +=
            fmt::format("        '{}:{}'\n", one.name, quoted(first_line(one.description), ":"));
        cases += fmt::format("    {}) {} ;;\n", one.name, arguments(one, program.name));
    }
    return fmt::format(
        "local state line\nlocal -a subcommands=(\n{}    )\n"
        "{} \\\n        '1:subcommand:->subcommand' \\\n        '*::argument:->argument' && "
        "return\n"
        "if [[ $state == subcommand ]]; then\n    _describe subcommand subcommands\n    "
        "return\nfi\n"
        "case $line[1] in\n{}esac\n",
        names, arguments(Command{program.name, "", "", false, program.options, {}}, program.name),
        cases);
}

}  // namespace

Page zsh_completion(const Command& program) {
    std::string text = fmt::format(
        "#compdef {0}\n# Completion of {0} in zsh, made from its command line.\n\n"
        "_{0}_processes() {{\n"
        "    compadd -- $(plimsoll ps --json 2>/dev/null |\n"
        "        sed -n 's/^ *\"pid\": \\([0-9]*\\),*$/\\1/p' | sort -un)\n}}\n\n",
        program.name);
    text += program.subcommands.empty() ? arguments(program, program.name) + "\n"
                                        : subcommands(program);
    return {"zsh/site-functions/_" + program.name, text};
}

}  // namespace plimsoll::pages
