#include <fmt/format.h>

#include <algorithm>

#include "findings/grouping.hpp"
#include "findings/words.hpp"
#include "top/state.hpp"
#include "view/text.hpp"

namespace plimsoll::top {

std::vector<const ledger::AllocationView*> State::rows_of_group() const {
    std::vector<const ledger::AllocationView*> rows;
    if (!process_) return rows;
    for (const ledger::AllocationView& row : process_->held) {
        if (view::is_in(row, group_, by_)) rows.push_back(&row);
    }
    return rows;
}

void State::draw_process(Picture& picture, Size size) const {
    if (!process_) {
        picture.push_back(
            title(fmt::format("process {} is gone, or not yours to look into", pid_)));
        return;
    }
    picture.push_back(
        title(fmt::format("{} holds {} on {}", findings::process_text(process_->identity),
                          findings::counted(process_->held_count, "allocation"),
                          findings::counted(process_->devices.size(), "chip"))));
    picture.emplace_back();
    picture.push_back(
        {{fmt::format("{:>8} {:>11}  {:<8} {}", "live", "bytes", "region", view::heading(by_)),
          Ink::faint}});
    const std::vector<view::Group> groups = view::groups_of(*process_, by_);
    const Window window =
        Window::of(std::min(row_, groups.size()), groups.size(), size.rows > 4 ? size.rows - 4 : 1);
    for (std::size_t i = window.first; i < window.first + window.count; ++i) {
        const view::Group& group = groups[i];
        picture.push_back(
            {{fmt::format("{:>8} {:>11}  {:<8} {}", group.count, findings::bytes_text(group.bytes),
                          findings::title(group.region), group.key),
              i == row_ ? Ink::selected : Ink::plain}});
    }
}

void State::draw_group(Picture& picture, Size size) const {
    const std::vector<const ledger::AllocationView*> rows = rows_of_group();
    picture.push_back(title(fmt::format(
        "{} of {}, {}", findings::counted(rows.size(), "allocation"),
        process_ ? findings::process_text(process_->identity) : fmt::format("process {}", pid_),
        group_.key)));
    picture.emplace_back();
    picture.push_back({{fmt::format("{:>12} {:>11} {:>7}  {:<16} {:<8} {}", "address", "bytes/bank",
                                    "chips", "kind", "owner", "made at"),
                        Ink::faint}});
    const Window window = Window::of(std::min(row_of_group_, rows.size()), rows.size(),
                                     size.rows > 4 ? size.rows - 4 : 1);
    for (std::size_t i = window.first; i < window.first + window.count; ++i) {
        const ledger::AllocationView& row = *rows[i];
        picture.push_back(
            {{fmt::format("{:>12} {:>11} {:>7}  {:<16} {:<8} {}", row.address, row.bytes_per_bank,
                          row.devices.size(), findings::noun(row.kind), name(row.owner),
                          findings::origin(row, 2)),
              i == row_of_group_ ? Ink::selected : Ink::plain}});
    }
}

Picture help(Size) {
    Picture picture;
    picture.push_back({{"plimsoll top", Ink::strong}, {"  who holds which memory of which chip"}});
    const char* lines[] = {
        "",
        "  Up, Down, k, j        the line before, the next",
        "  PgUp, PgDn            ten lines",
        "  Home, End             the first, the last",
        "  Enter                 look into a process, then into a group of its allocations;",
        "                        on a chip: only processes that are on it",
        "  Esc                   back; in the list of processes: show all again",
        "  Tab                   from processes to chips and back",
        "  s                     sort by DRAM, L1, allocations, pid",
        "  /                     only processes whose name, user or pid has this in it",
        "  b                     of a process: group by line, owner, program, kind, device",
        "  Space                 pause, go on",
        "  q                     quit",
        "",
        "  A bar is what is live of what the runtime's allocator can give: of DRAM all banks,",
        "  of L1 the fullest core. Bytes of a process are occupied bytes over all its chips;",
        "  circular buffers of its programs share their space.",
    };
    for (const char* line : lines) picture.push_back({{line}});
    return picture;
}

}  // namespace plimsoll::top
