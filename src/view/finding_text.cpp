#include <fmt/format.h>

#include "view/sections.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

constexpr std::size_t kLabelColumns = 27;  // where a section's text begins

Look look_of(findings::Severity severity) {
    switch (severity) {
        case findings::Severity::info:
            return Look::info;
        case findings::Severity::warning:
            return Look::warning;
        case findings::Severity::error:
            break;
    }
    return Look::error;
}

void section(Page& page, std::string_view label, std::string_view text) {
    if (text.empty()) return;
    const std::string head = pad_right("  " + std::string(label), kLabelColumns);
    page.paragraph(head + std::string(text), kLabelColumns);
}

void heading(Page& page, const findings::Finding& finding) {
    const Look look = look_of(finding.severity);
    const std::string head = fmt::format("{}  {}", severity_word(finding.severity), finding.code);
    const std::string title = "   " + printable(finding.title);
    if (display_width(head) + display_width(title) <= kColumns) {
        page.line(head, look, title);
        return;
    }
    page.line(head, look);
    page.paragraph("  " + finding.title, 2);
}

// Narrower than a sentence's: their lines are tables.
void own_sections(Page& page, const findings::Finding& finding) {
    constexpr std::size_t kColumn = 17;
    for (const findings::Section& section : finding.sections) {
        std::string head = pad_right("  " + section.label, kColumn);
        for (const std::string& line : section.lines) {
            page.paragraph(head + line, kColumn + (section.lines.size() == 1 ? 0 : 4));
            head.assign(kColumn, ' ');
        }
    }
}

// How many lines are shown: not the headline of rows of which none are.
std::size_t shown_of(const std::vector<std::string>& evidence, Length length) {
    if (length == Length::whole || evidence.size() <= kMaxScreenRows) return evidence.size();
    std::size_t shown = kMaxScreenRows;
    const auto indent = [&](std::size_t at) { return evidence[at].find_first_not_of(' '); };
    while (shown > 1 && indent(shown - 1) < indent(shown)) --shown;
    return shown;
}

// Evidence has its own block: its lines are tables already and need the width.
void evidence(Page& page, const findings::Finding& finding, Length length) {
    if (finding.evidence.empty()) return;
    page.line("  Evidence");
    const std::size_t shown = shown_of(finding.evidence, length);
    for (std::size_t i = 0; i < shown; ++i) page.paragraph("    " + finding.evidence[i], 8);
    if (finding.evidence_count > shown) {
        page.line("    " + and_more(finding.evidence_count - shown) + " lines");
    }
}

}  // namespace

const char* severity_word(findings::Severity severity) {
    switch (severity) {
        case findings::Severity::info:
            return "info";
        case findings::Severity::warning:
            return "warning";
        case findings::Severity::error:
            break;
    }
    return "error";
}

void print_finding(Page& page, const findings::Finding& finding, Length length) {
    heading(page, finding);
    section(page, "What you see elsewhere", finding.symptom);
    const bool has_sections = !finding.sections.empty();
    if (!has_sections || length == Length::whole) section(page, "What happened", finding.cause);
    own_sections(page, finding);
    evidence(page, finding, length);
    section(page, "Is memory lost?", finding.consequence);
    for (std::size_t i = 0; i < finding.fix.size(); ++i) {
        section(page, i == 0 ? "What to do" : "", finding.fix[i]);
    }
    section(page, "Mended in", finding.mended_in);
    page.blank();
}

}  // namespace plimsoll::view
