#include "cli/demo.hpp"

#include <fmt/format.h>

#include "cli/choice.hpp"
#include "cli/demo_defect.hpp"
#include "cli/demo_story.hpp"
#include "cli/exit_codes.hpp"
#include "cli/standard_output.hpp"
#include "export/demo_json.hpp"
#include "machines/problem.hpp"

namespace plimsoll::cli {
namespace {

std::string defect_names() {
    std::string names;
    for (const model::KnownDefect& defect : model::known_defects()) {
        names += (names.empty() ? "" : " ") + std::string(defect.name);
    }
    return names;
}

int fail(const machines::Problem& problem) {
    fmt::print(stderr, "plimsoll: {}\n", machines::text(problem));
    return kOwnFailure;
}

int show_defect(const model::KnownDefect& defect, bool json) {
    const DefectStory story = tell_defect_story(defect);
    if (!json) return print(text(story, style_of_stdout()));
    return print(exporting::demo_json({{defect.name, &story.with}, {"without", &story.without}}));
}

}  // namespace

CLI::App* add_demo(CLI::App& app, DemoOptions& options) {
    CLI::App* demo = app.add_subcommand(
        "demo", "Show what Plimsoll tells, on a model of the runtime: nothing else is needed");
    demo->footer(
        "Without an option: the story of three circular buffers that a mesh left on device 0.\n"
        "Exit codes: 0, whatever was found; 125 plimsoll could not do what it was asked to.\n\n"
        "Example: plimsoll demo --defect trace-buffer-not-released");
    demo->add_flag("--list", options.list, "List what the model can do wrong");
    demo->add_option("--defect", options.defect, "Run the program that shows this one")
        ->type_name("NAME")
        ->check(offers(defect_names()));
    demo->add_flag("--json", options.json, "Print JSON");
    return demo;
}

int demo(const DemoOptions& options) {
    if (options.list) {
        return print(options.json ? exporting::defects_json(model::known_defects())
                                  : defect_table(model::known_defects(), style_of_stdout()));
    }
    if (!options.defect.empty()) {
        const model::KnownDefect* defect = model::find_defect(options.defect);
        return defect == nullptr ? fail(unknown_defect(options.defect))
                                 : show_defect(*defect, options.json);
    }
    const DemoStory story = tell_demo_story();
    if (!options.json) return print(text(story, style_of_stdout()));
    return print(exporting::demo_json(
        {{"watched", &story.watched}, {"mended", &story.mended}, {"many", &story.many}}));
}

}  // namespace plimsoll::cli
