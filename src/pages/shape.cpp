#include "pages/shape.hpp"

#include <sstream>

namespace plimsoll::pages {
namespace {

std::vector<std::string> words_of(CLI::Option& option) {
    std::vector<std::string> words;
    try {
        for (int index = 0; words.empty(); ++index) {
            std::istringstream text(option.get_validator(index)->get_name());
            for (std::string word; text >> word;) words.push_back(word);
        }
    } catch (const CLI::OptionNotFound&) {
        // That was the last one.
    }
    return words;
}

Value value_of(const Option& option) {
    if (option.value_name.empty()) return Value::none;
    if (!option.words.empty()) return Value::words;
    if (option.value_name == "PID") return Value::processes;
    for (const char* name : {"FILE", "PATH", "REPORT"}) {
        if (option.value_name == name) return Value::files;
    }
    return Value::any;
}

Option shape_of(CLI::Option& from) {
    Option option;
    for (const std::string& name : from.get_snames()) option.names.push_back("-" + name);
    for (const std::string& name : from.get_lnames()) option.names.push_back("--" + name);
    const bool takes_a_value = from.get_items_expected_max() > 0;
    // Behind a colon stands what a check of CLI11's own expects.
    const std::string type = from.get_type_name();
    if (takes_a_value) option.value_name = type.substr(0, type.find(':'));
    if (option.names.empty()) option.value_name = from.get_name(/*positional=*/true);
    option.description = from.get_description();
    option.group = from.get_group();
    option.words = words_of(from);
    option.value = value_of(option);
    option.required = from.get_required();
    option.separated = from.get_delimiter() != '\0';
    return option;
}

}  // namespace

Command shape_of(CLI::App& app) {
    Command command;
    command.name = app.get_name();
    command.description = app.get_description();
    command.footer = app.get_footer();
    command.runs_a_command = app.get_prefix_command();
    for (CLI::Option* option :
         app.get_options([](const CLI::Option* one) { return !one->get_group().empty(); })) {
        command.options.push_back(shape_of(*option));
    }
    for (CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; })) {
        command.subcommands.push_back(shape_of(*subcommand));
    }
    return command;
}

}  // namespace plimsoll::pages
