#include <fmt/format.h>

#include "findings/grouping.hpp"
#include "findings/words.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {

// What running processes hold, alike ones in one row, largest first.
void print_live(Page& page, const ledger::Snapshot& snapshot) {
    findings::Rows rows;
    std::uint64_t count = 0;
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (process.state != ledger::ProcessState::running) continue;
        count += process.held_count;
        for (const ledger::AllocationView& row : process.held) rows.push_back(&row);
    }
    if (rows.empty()) return;
    Table table({Align::right, Align::right, Align::left, Align::left, Align::left, Align::left,
                 Align::left});
    table.add({"live", "bytes each", "kind", "region", "owner", "devices", "made at"});
    const std::vector<findings::Group> groups = findings::group(rows);
    for (std::size_t i = 0; i < groups.size() && i < kMaxScreenRows; ++i) {
        const ledger::AllocationView& row = *groups[i].first;
        const std::string where = findings::origin(row, 2);
        table.add({std::to_string(groups[i].count), findings::bytes_text(row.bytes),
                   std::string(findings::noun(row.kind)), std::string(findings::title(row.region)),
                   name(row.owner), row.devices.empty() ? "-" : findings::numbers_text(row.devices),
                   where.empty() ? "-" : where});
    }
    table.print(page, 2);
    if (groups.size() > kMaxScreenRows) {
        page.line("  " + and_more(groups.size() - kMaxScreenRows) + " groups");
    }
    if (count > rows.size()) {
        page.line(fmt::format("  {} more are counted but not listed", count - rows.size()));
    }
    page.blank();
}

}  // namespace plimsoll::view
