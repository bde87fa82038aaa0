#include "cli/demo_defect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "cli/model_run.hpp"
#include "findings/words.hpp"
#include "view/text_report.hpp"

namespace plimsoll::cli {
namespace {

constexpr std::size_t kIndent = 4;

ModelProgram program_of(const model::KnownDefect& defect, model::Defects switches) {
    return {{"plimsoll", "demo", "--defect", defect.name},
            defect.machine,
            defect.release,
            switches,
            defect.program,
            true};
}

std::string findings_text(const model::KnownDefect& defect) {
    std::string text;
    for (const std::string_view code : defect.findings) {
        if (!code.empty()) text += (text.empty() ? "" : ", ") + std::string(code);
    }
    return text.empty() ? std::string("no finding; ") + defect.seen : text;
}

// How many letters have to be put in, taken out or changed to make one of the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

// Of one that has none there is nothing to tell.
std::string outcome(const findings::Report& report) {
    if (report.findings.empty()) return "no finding.";
    std::string text;
    for (const findings::Finding& finding : report.findings) {
        text += (text.empty() ? "" : ", ") + finding.code;
    }
    return text + ".";
}

}  // namespace

DefectStory tell_defect_story(const model::KnownDefect& defect) {
    return {&defect, watch_model(program_of(defect, defect.switches)),
            watch_model(program_of(defect, {}))};
}

std::string text(const DefectStory& story, view::Style style) {
    const model::KnownDefect& defect = *story.defect;
    view::Page head(style), foot(style);
    head.line(fmt::format("──── {}", defect.name), view::Look::strong);
    head.blank();
    head.paragraph(fmt::format("   What goes wrong: {}.", defect.what), 3);
    head.paragraph(fmt::format("   Known from: {}.", defect.upstream), 3);
    head.paragraph(
        fmt::format("   A tracker that believes the runtime is left with {}. Plimsoll:",
                    findings::counted(story.with.snapshot.totals.reported_active_allocations,
                                      "allocation")),
        3);
    head.blank();
    foot.blank();
    foot.paragraph("The same program without the defect gives " + outcome(story.without), 0,
                   view::Look::faint);
    return std::move(head).text() + view::text_report(story.with, style) + std::move(foot).text();
}

std::string defect_table(std::span<const model::KnownDefect> defects, view::Style style) {
    view::Page page(style);
    for (const model::KnownDefect& defect : defects) {
        page.line(defect.name, view::Look::strong);
        page.paragraph(fmt::format("    {} ({})", defect.what, defect.upstream), kIndent);
        page.paragraph("    Plimsoll: " + findings_text(defect), kIndent);
        page.blank();
    }
    page.line("plimsoll demo --defect NAME runs the program that shows one.", view::Look::faint);
    return std::move(page).text();
}

machines::Problem unknown_defect(const std::string& name) {
    const auto all = model::known_defects();
    const auto nearest =
        std::min_element(all.begin(), all.end(), [&](const auto& a, const auto& b) {
            return distance(name, a.name) < distance(name, b.name);
        });
    return {fmt::format("unknown defect '{}'", name),
            "one of the names that plimsoll demo --list prints",
            fmt::format("did you mean {}?", nearest->name)};
}

}  // namespace plimsoll::cli
