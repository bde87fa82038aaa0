// Manual pages in the macros of man(7).
#include <fmt/format.h>

#include <map>

#include "pages/pages.hpp"
#include "plimsoll/version.h"

namespace plimsoll::pages {
namespace {

// Nothing of a text is a command of roff: a dot or a quote at the beginning of a line would be.
std::string roff(const std::string& text) {
    std::string result;
    bool begins_line = true;
    for (const char letter : text) {
        if (begins_line && (letter == '.' || letter == '\'')) result += "\\&";
        begins_line = letter == '\n';
        if (letter == '\\') {
            result += "\\e";
        } else if (letter == '-') {
            result += "\\-";
        } else {
            result += letter;
        }
    }
    return result;
}

std::string upper(std::string text) {
    for (char& letter : text) {
        if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    }
    return text;
}

std::string synopsis(const Command& command, const std::string& name) {
    std::string text = ".SH SYNOPSIS\n.B " + roff(name) + "\n";
    if (!command.subcommands.empty()) return text + ".I SUBCOMMAND\n[\\fIoptions\\fR]\n";
    text += "[\\fIoptions\\fR]\n";
    for (const Option& option : command.options) {
        if (!option.names.empty()) continue;
        const std::string value = "\\fI" + roff(option.value_name) + "\\fR";
        text += (option.required ? value : "[" + value + "]") + "\n";
    }
    if (command.runs_a_command) text += "\\-\\- \\fICOMMAND\\fR...\n";
    return text;
}

std::string option_text(const Option& option) {
    std::string names;
    for (const std::string& name : option.names) {
        names += (names.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
    }
    if (!option.value_name.empty()) {
        names += (names.empty() ? "" : " ") + ("\\fI" + roff(option.value_name) + "\\fR");
    }
    return ".TP\n" + names + "\n" + roff(option.description) + "\n";
}

std::string options_text(const Command& command) {
    std::map<std::string, std::string> groups;  // by name, the plain ones first
    for (const Option& option : command.options) {
        groups[option.group == "Options" ? "" : option.group] += option_text(option);
    }
    std::string text;
    for (const auto& [name, options] : groups) {
        text += name.empty() ? ".SH OPTIONS\n" : ".SH " + upper(roff(name)) + "\n";
        text += options;
    }
    return text;
}

std::string subcommands_text(const Command& program) {
    if (program.subcommands.empty()) return {};
    std::string text = ".SH SUBCOMMANDS\n";
    for (const Command& one : program.subcommands) {
        text += ".TP\n\\fB" + roff(one.name) + "\\fR\n" + roff(one.description) + "\n";
    }
    return text;
}

// The last paragraph of a footer is its example.
std::string footer_text(const std::string& footer) {
    constexpr std::string_view kExample = "Example: ";
    const std::size_t at = footer.rfind(kExample);
    std::string text;
    const std::string words = at == std::string::npos ? footer : footer.substr(0, at);
    if (words.find_first_not_of('\n') != std::string::npos) {
        text +=
            ".SH DESCRIPTION\n" + roff(words.substr(0, words.find_last_not_of('\n') + 1)) + "\n";
    }
    if (at != std::string::npos) {
        text += ".SH EXAMPLE\n.nf\n" + roff(footer.substr(at + kExample.size())) + "\n.fi\n";
    }
    return text;
}

Page page(const Command& command, const std::string& name, const std::string& see_also) {
    std::string file = name;
    for (char& letter : file) letter = letter == ' ' ? '-' : letter;
    std::string text = fmt::format(".TH \"{}\" 1 \"\" \"plimsoll {}\" \"Plimsoll\"\n",
                                   upper(roff(file)), PLIMSOLL_VERSION);
    text += ".SH NAME\n" + roff(file) + " \\- " + roff(first_line(command.description)) + "\n";
    text += synopsis(command, name) + footer_text(command.footer) + options_text(command) +
            subcommands_text(command);
    if (!see_also.empty()) text += ".SH SEE ALSO\n" + see_also + "\n";
    return {"man/man1/" + file + ".1", text};
}

std::string reference(const std::string& file) { return "\\fB" + roff(file) + "\\fR(1)"; }

}  // namespace

std::string first_line(const std::string& text) {
    std::string line = text.substr(0, text.find('\n'));
    if (!line.empty() && line.back() == '.') line.pop_back();
    return line;
}

std::vector<Page> manual(const Command& program) {
    std::string all;
    std::vector<Page> pages;
    for (const Command& one : program.subcommands) {
        all += (all.empty() ? "" : ", ") + reference(program.name + "-" + one.name);
        pages.push_back(page(one, program.name + " " + one.name, reference(program.name)));
    }
    pages.insert(pages.begin(), page(program, program.name, all));
    return pages;
}

}  // namespace plimsoll::pages
