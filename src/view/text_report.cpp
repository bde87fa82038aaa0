#include "view/text_report.hpp"

#include <fmt/format.h>

#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

void print_statistics(Page& page, const findings::Report& report) {
    page.blank();
    page.line("📊 Current Statistics:");
    if (report.attached) {
        page.line(
            fmt::format("  Active allocations: {}", report.snapshot.totals.active_allocations));
    } else {
        page.line("  Active allocations: - (nothing attached)");
    }
}

}  // namespace

std::string text_report(const findings::Report& report, Style style) {
    Page page(style);
    page.paragraph("plimsoll: " + verdict(report), 10, Look::strong);
    page.blank();
    print_run(page, report);
    if (report.attached) {
        print_processes(page, report.snapshot);
        print_devices(page, report.snapshot);
        print_windows(page, report.snapshot);
        print_kinds(page, report.snapshot);
        print_live(page, report.snapshot);
        for (const findings::Finding& finding : report.findings) print_finding(page, finding);
        print_peaks(page, report.snapshot);
    }
    print_notes(page, report);
    print_statistics(page, report);
    return std::move(page).text();
}

}  // namespace plimsoll::view
