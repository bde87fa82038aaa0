#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

std::uint64_t ended_with_process(const ledger::KindUse& use) {
    const std::uint64_t over = use.frees + use.live;
    return use.allocations > over ? use.allocations - over : 0;
}

// The least known of any process: a count of a kind that is not wholly seen is "at least".
std::string count_text(const ledger::Snapshot& snapshot, Kind kind, std::uint64_t count) {
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::SubjectCoverage& one : process.coverage) {
            if (one.subject == subject(kind) && one.coverage != Coverage::exact) {
                return fmt::format("≥ {}", count);
            }
        }
    }
    return std::to_string(count);
}

}  // namespace

void print_kinds(Page& page, const ledger::Snapshot& snapshot) {
    bool died = false, silent = false;
    for (const ledger::KindUse& use : snapshot.kinds) died = died || ended_with_process(use) > 0;

    std::vector<Align> columns(died ? 6 : 5, Align::right);
    columns.front() = Align::left;
    Table table(columns);
    std::vector<std::string> heading = {"kind", "allocated", "freed", "reported freed"};
    if (died) heading.emplace_back("ended with its process");
    heading.emplace_back(any_running(snapshot) ? "live" : "left");
    table.add(heading);
    bool any = false;
    for (const ledger::KindUse& use : snapshot.kinds) {
        if (use.allocations == 0) continue;
        any = true;
        const bool reports = use.reported_allocations > 0;
        silent = silent || !reports;
        std::vector<std::string> row = {
            std::string(use.kind == Kind::unknown ? "unknown" : findings::noun(use.kind)),
            count_text(snapshot, use.kind, use.allocations),
            count_text(snapshot, use.kind, use.frees),
            reports ? std::to_string(use.reported_frees) : "-"};
        if (died) row.push_back(std::to_string(ended_with_process(use)));
        row.push_back(count_text(snapshot, use.kind, use.live));
        table.add(row);
    }
    if (!any) return;
    table.print(page, 2);
    if (silent) {
        page.line("  -: the runtime reported neither allocations nor frees of this kind",
                  Look::faint);
    }
    page.blank();
}

}  // namespace plimsoll::view
