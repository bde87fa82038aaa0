// bash: what may stand at a place is looked up in two tables, the rest is the same for all.
#include <fmt/format.h>

#include "pages/pages.hpp"

namespace plimsoll::pages {
namespace {

constexpr std::string_view kRest = R"SCRIPT(
_NAME_processes() {
    plimsoll ps --json 2>/dev/null | sed -n 's/^ *"pid": \([0-9]*\),*$/\1/p' | sort -un
}

_NAME_offer() { # WHAT CURRENT: "words a b c", "list a b c" (with commas between), "files", ...
    local kind=${1%% *} words=${1#* } before=
    case $kind in
        words) COMPREPLY=($(compgen -W "$words" -- "$2")) ;;
        list)
            [[ $2 == *,* ]] && before=${2%,*},
            COMPREPLY=($(compgen -P "$before" -W "$words" -- "${2##*,}")) ;;
        files) COMPREPLY=($(compgen -f -- "$2")); compopt -o filenames 2>/dev/null ;;
        processes) COMPREPLY=($(compgen -W "$(_NAME_processes)" -- "$2")) ;;
    esac
    return 0
}

_NAME_command() { # INDEX: the command behind two dashes, whose own words these are
    if declare -F _command_offset >/dev/null; then
        _command_offset "$1"
    elif ((COMP_CWORD == $1)); then
        COMPREPLY=($(compgen -c -- "${COMP_WORDS[COMP_CWORD]}"))
    else
        COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    fi
    return 0
}

_NAME() {
    local current=${COMP_WORDS[COMP_CWORD]} subcommands subcommand= place=0 what= i word
    subcommands=$(_NAME_value '' subcommands)
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; ++i)); do
        word=${COMP_WORDS[i]} what=
        if [[ $word == -- ]]; then
            _NAME_command $((i + 1))
            return
        elif [[ $word == -* ]]; then
            what=$(_NAME_value "$subcommand" "$word")
            [[ -n $what ]] || continue
            # The next word is its value, or the one behind the sign of --option=value.
            [[ ${COMP_WORDS[i + 1]} == '=' ]] && ((i + 1 < COMP_CWORD)) && ((++i))
            ((++i))
            ((i < COMP_CWORD)) && what=
        elif [[ -z $subcommand && -n $subcommands ]]; then
            subcommand=$word
        else
            ((++place))
        fi
    done
    [[ $current == '=' ]] && current=
    if [[ -n $what ]]; then
        _NAME_offer "$what" "$current"
    elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$(_NAME_options "$subcommand")" -- "$current"))
    elif [[ -z $subcommand && -n $subcommands ]]; then
        _NAME_offer "$subcommands" "$current"
    else
        _NAME_offer "$(_NAME_value "$subcommand" "$place")" "$current"
    fi
    return 0
}
complete -F _NAME NAME
)SCRIPT";

std::string joined(const std::vector<std::string>& words) {
    return fmt::format("{}", fmt::join(words, " "));
}

std::string what(const Option& option) {
    switch (option.value) {
        case Value::none:
            return {};
        case Value::any:
            return "any";
        case Value::files:
            return "files";
        case Value::processes:
            return "processes";
        case Value::words:
            break;
    }
    return (option.separated ? "list " : "words ") + joined(option.words);
}

std::string options_row(const Command& command, const std::string& subcommand) {
    std::vector<std::string> names;
    for (const Option& option : command.options) {
        names.insert(names.end(), option.names.begin(), option.names.end());
    }
    return fmt::format("        '{}') echo '{}' ;;\n", subcommand, joined(names));
}

std::string value_rows(const Command& command, const std::string& subcommand) {
    std::string rows;
    std::size_t place = 0;
    for (const Option& option : command.options) {
        std::vector<std::string> names = option.names;
        if (names.empty()) names = {std::to_string(place++)};
        if (option.value == Value::none) continue;
        for (const std::string& name : names) {
            rows += fmt::format("        '{} {}') echo '{}' ;;\n", subcommand, name, what(option));
        }
    }
    return rows;
}

}  // namespace

Page bash_completion(const Command& program) {
    std::string options, values;
    options += options_row(program, "");
    values += value_rows(program, "");
    std::vector<std::string> names;
    for (const Command& one : program.subcommands) {
        options += options_row(one, one.name);
        values += value_rows(one, one.name);
        names.push_back(one.name);
    }
    if (!names.empty()) {
        values += fmt::format("        ' subcommands') echo 'words {}' ;;\n", joined(names));
    }
    std::string rest(kRest);
    for (auto at = rest.find("NAME"); at != std::string::npos; at = rest.find("NAME", at)) {
        rest.replace(at, 4, program.name);
    }
    const std::string text = fmt::format(
        "# Completion of {0} in bash, made from its command line.\n\n"
        "_{0}_options() {{ # SUBCOMMAND\n    case $1 in\n{1}    esac\n}}\n\n"
        "_{0}_value() {{ # SUBCOMMAND OPTION|PLACE: what may stand there\n"
        "    case \"$1 $2\" in\n{2}    esac\n}}\n",
        program.name, options, values);
    return {"bash-completion/completions/" + program.name, text + rest};
}

}  // namespace plimsoll::pages
