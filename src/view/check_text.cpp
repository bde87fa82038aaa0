#include "view/check_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

using findings::counted;

std::string failures(const CheckOutcome& outcome) {
    const gate::Verdict& verdict = outcome.verdict;
    std::vector<std::string> parts;
    if (verdict.failing() > 0) {
        parts.push_back(counted(verdict.failing(), "place") +
                        (outcome.baseline_file.empty() ? "" : " beyond the baseline"));
    }
    if (!verdict.excesses.empty()) parts.push_back(counted(verdict.excesses.size(), "limit"));
    return fmt::format("{}", fmt::join(parts, " and "));
}

std::string headline(const CheckOutcome& outcome) {
    const findings::Report& report = outcome.report;
    const std::string command = command_passed(report) ? "" : command_text(report);
    if (!report.attached) {
        return fmt::format("nothing was watched, so nothing was checked: {}",
                           report.not_attached_why) +
               (command.empty() ? "" : "; " + command);
    }
    if (!outcome.verdict.passes()) {
        return "FAILED, " + failures(outcome) + (command.empty() ? "" : "; " + command);
    }
    std::string accepted;
    if (!outcome.written_baseline.empty()) {
        accepted = fmt::format("{} accepted from now on, written to '{}'",
                               counted(outcome.verdict.concerns.size(), "place"),
                               outcome.written_baseline);
    } else if (!outcome.verdict.concerns.empty()) {
        accepted = counted(outcome.verdict.concerns.size(), "place") + " accepted by the baseline";
    }
    if (!command.empty()) {
        return "FAILED, " + command + "; of its memory nothing fails" +
               (accepted.empty() ? "" : ", " + accepted);
    }
    return "passed; " + (accepted.empty() ? verdict(report) : accepted);
}

// Finding by finding would be the report: here a place has a line for each thing one must know.
void print_concern(Page& page, const gate::Concern& concern, bool has_baseline) {
    page.line(
        fmt::format("{}  {}", severity_word(concern.finding->severity), concern.finding->code),
        concern.finding->severity == findings::Severity::error ? Look::error : Look::warning,
        "   " + amount_text(concern));
    page.paragraph("  " + origin_text(concern), 4);
    const std::string standing = standing_text(concern, has_baseline);
    if (!standing.empty()) page.paragraph("  " + standing, 4);
}

void print_failures(Page& page, const CheckOutcome& outcome) {
    const std::size_t failing = outcome.verdict.failing();
    const bool has_baseline = !outcome.baseline_file.empty();
    for (std::size_t i = 0; i < std::min(failing, kMaxScreenRows); ++i) {
        print_concern(page, outcome.verdict.concerns[i], has_baseline);
    }
    if (failing > kMaxScreenRows) {
        page.line("  " + and_more(failing - kMaxScreenRows) + " places; --report FILE has all");
    }
    for (const gate::Excess& excess : outcome.verdict.excesses) {
        page.line("limit  " + gate::name_of(excess.limit), Look::error);
        page.paragraph("  " + excess_text(excess), 4);
        if (excess.peak.at_peak.empty()) continue;
        const ledger::PeakShare& largest = excess.peak.at_peak.front();
        const std::string path = findings::call_path_text(largest.call_site, 3);
        page.paragraph(fmt::format("  the largest part of it: {}, {}, {}",
                                   counted(largest.count, findings::noun(largest.kind)),
                                   findings::bytes_text(largest.bytes),
                                   path.empty() ? "call site not known" : path),
                       4);
    }
}

void print_baseline(Page& page, const CheckOutcome& outcome) {
    const gate::Verdict& verdict = outcome.verdict;
    const std::size_t accepted = verdict.concerns.size() - verdict.failing();
    if (accepted > 0 && verdict.failing() > 0) {
        page.line("accepted by the baseline: " + counted(accepted, "place"));
    }
    if (verdict.gone.empty()) return;
    page.line(
        fmt::format("no longer there; remove from '{}', or write it anew:", outcome.baseline_file));
    for (std::size_t i = 0; i < std::min(verdict.gone.size(), kMaxScreenRows); ++i) {
        page.paragraph("  " + gate::text_of(verdict.gone[i].key), 4);
    }
    if (verdict.gone.size() > kMaxScreenRows) {
        page.line("  " + and_more(verdict.gone.size() - kMaxScreenRows));
    }
}

}  // namespace

std::string check_text(const CheckOutcome& outcome, Style style) {
    Page page(style);
    page.paragraph("plimsoll check: " + headline(outcome), 2, Look::strong);
    if (!outcome.report.attached) return std::move(page).text();
    print_failures(page, outcome);
    print_baseline(page, outcome);
    for (const std::string& note : outcome.report.notes) page.paragraph("note: " + note, 2);
    return std::move(page).text();
}

}  // namespace plimsoll::view
