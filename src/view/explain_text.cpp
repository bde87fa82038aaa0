#include "view/explain_text.hpp"

#include <fmt/format.h>

#include "findings/meaning.hpp"
#include "findings/words.hpp"
#include "view/map_text.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

constexpr std::size_t kFrames = 4;  // all there are

std::string where(const ledger::AllocationView& row) {
    std::string text = findings::call_path_text(row.call_site, kFrames);
    if (!row.program) return text.empty() ? "a place not known" : text;
    const ledger::Program& program = *row.program;
    if (text.empty()) text = findings::call_path_text(program.call_site, kFrames);
    std::string name = fmt::format("program {}", program.runtime_id);
    if (!program.label.empty()) name += " " + findings::label_text(program.label);
    return text.empty() ? name : name + ", " + text;
}

void print_allocations(Page& page, const findings::Finding& finding) {
    const std::vector<ledger::AllocationView>& rows = finding.allocations;
    if (rows.empty()) return;
    Table table({Align::right, Align::left, Align::left, Align::right, Align::right, Align::left,
                 Align::left},
                2);
    table.add({"id", "region", "on", "address", "B/bank", "owner", "what, and who asked for it"});
    for (const ledger::AllocationView& row : rows) {
        table.add({std::to_string(row.id), std::string(findings::title(row.region)),
                   findings::numbers_text(row.devices), std::to_string(row.address),
                   std::to_string(row.bytes_per_bank), name(row.owner),
                   fmt::format("{}, {}", findings::noun(row.kind), where(row))});
    }
    page.line(fmt::format("  The allocations, {} of {}", rows.size(),
                          std::max<std::uint64_t>(finding.count, rows.size())),
              Look::strong);
    table.print(page, 4);
    page.blank();
}

void print_meaning(Page& page, const std::string& code) {
    const findings::Meaning meaning = findings::meaning_of(code);
    if (meaning.means.empty()) return;
    page.line(fmt::format("  {} in general", code), Look::strong);
    page.paragraph("    " + std::string(meaning.means), 4);
    page.blank();
    page.line("  How to make sure", Look::strong);
    page.paragraph("    " + std::string(meaning.confirm), 4);
    page.blank();
}

void print_head(Page& page, const findings::Report& report, const std::string& text) {
    page.line("plimsoll: " + text, Look::strong);
    page.blank();
    print_run(page, report);
}

}  // namespace

std::string finding_list(const findings::Report& report, const std::string& file, Style style) {
    Page page(style);
    print_head(page, report, findings::counted(report.findings.size(), "finding"));
    Table table({Align::right, Align::left, Align::left, Align::left});
    table.add({"", "severity", "code", "title"});
    std::size_t number = 0;
    for (const findings::Finding& finding : report.findings) {
        table.add({std::to_string(++number), severity_word(finding.severity), finding.code,
                   finding.title});
    }
    table.print(page, 2);
    page.blank();
    page.paragraph(fmt::format("One of them at length: plimsoll explain {} 1, or its code instead "
                               "of the number",
                               file),
                   2);
    return std::move(page).text();
}

std::string explain_text(const findings::Report& report,
                         const std::vector<findings::Explanation>& explanations, Style style) {
    Page page(style);
    for (const findings::Explanation& one : explanations) {
        print_head(page, report,
                   fmt::format("finding {} of {}", one.number, report.findings.size()));
        print_finding(page, one.finding, Length::whole);
        if (one.maps.empty()) {
            page.line("  No picture: the report has no address of it");
            page.blank();
        }
        for (const findings::MemoryMap& map : one.maps) {
            print_map(page, map, style.glyphs);
            if (one.finding.allocations.empty()) print_pieces(page, map);
        }
        print_allocations(page, one.finding);
        print_meaning(page, one.finding.code);
    }
    return std::move(page).text();
}

}  // namespace plimsoll::view
