// fish: a line for each option, with the condition under which it is offered.
#include <fmt/format.h>

#include "pages/pages.hpp"

namespace plimsoll::pages {
namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char letter : text) {
        if (letter == '\'' || letter == '\\') result += '\\';
        result += letter == '\n' ? ' ' : letter;
    }
    return result + "'";
}

std::string offered(const Option& option, const std::string& program) {
    switch (option.value) {
        case Value::none:
            return {};
        case Value::any:
            return " -x";
        case Value::files:
            return " -rF";
        case Value::processes:
            return fmt::format(" -xa '(__{}_processes)'", program);
        case Value::words:
            break;
    }
    const std::string words = fmt::format("{}", fmt::join(option.words, " "));
    return option.separated ? fmt::format(" -xa '(__fish_append , {})'", words)
                            : fmt::format(" -xa '{}'", words);
}

std::string lines(const Command& command, const std::string& program,
                  const std::string& condition) {
    std::string text;
    for (const Option& option : command.options) {
        text += fmt::format("complete -c {}{}", program, condition);
        for (const std::string& name : option.names) {
            text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        }
        text += offered(option, program);
        text += " -d " + quoted(option.description) + "\n";
    }
    return text;
}

}  // namespace

Page fish_completion(const Command& program) {
    const std::string& name = program.name;
    std::string text = fmt::format(
        "# Completion of {0} in fish, made from its command line.\n\n"
        "function __{0}_processes\n"
        "    plimsoll ps --json 2>/dev/null |\n"
        "        string replace -rf '^ *\"pid\": ([0-9]+),?$' '$1' | sort -un\nend\n\n",
        name);
    const bool has_subcommands = !program.subcommands.empty();
    text += lines(program, name, has_subcommands ? " -n __fish_use_subcommand" : "");
    for (const Command& one : program.subcommands) {
        text += fmt::format("complete -c {} -n __fish_use_subcommand -fa {} -d {}\n", name,
                            one.name, quoted(first_line(one.description)));
        text += lines(one, name, fmt::format(" -n '__fish_seen_subcommand_from {}'", one.name));
    }
    return {"fish/vendor_completions.d/" + name + ".fish", text};
}

}  // namespace plimsoll::pages
