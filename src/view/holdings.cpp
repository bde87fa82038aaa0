#include "view/holdings.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/table.hpp"

namespace plimsoll::view {

std::string holdings(const ledger::ProcessView& process, By by, Shown shown, Style style) {
    Page page(style);
    page.paragraph(
        fmt::format("plimsoll: {} holds {}{} on {}", findings::process_text(process.identity),
                    findings::counted(process.held_count, "allocation"),
                    shown == Shown::selected ? " of those asked for" : "",
                    findings::counted(process.devices.size(), "device")),
        10, Look::strong);
    if (process.held.empty()) return std::move(page).text();
    page.blank();
    Table table({Align::right, Align::right, Align::left, Align::left});
    table.add({"live", "bytes", "region", heading(by)});
    for (const Group& group : groups_of(process, by)) {
        table.add({std::to_string(group.count), findings::bytes_text(group.bytes),
                   std::string(findings::title(group.region)), group.key});
    }
    table.print(page, 2);
    page.line(by == By::device
                  ? "  bytes: occupied on the device; circular buffers share theirs"
                  : "  bytes: occupied, over all devices; circular buffers share theirs",
              Look::faint);
    if (process.held_count > process.held.size()) {
        page.line(fmt::format("  {} more are counted but not listed",
                              process.held_count - process.held.size()));
    }
    return std::move(page).text();
}

}  // namespace plimsoll::view
