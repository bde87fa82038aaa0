#include "view/holdings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "findings/grouping.hpp"
#include "findings/words.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

struct Sum {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // occupied, over all devices
};

constexpr const char* heading(By by) {
    constexpr const char* headings[] = {"made at", "owner", "program", "kind", "device"};
    return headings[static_cast<std::size_t>(by)];
}

std::string program_of(const ledger::AllocationView& row) {
    if (!row.program) return "none";
    return fmt::format("{} {}", row.program->runtime_id, findings::label_text(row.program->label));
}

// The groups that an allocation belongs to: one, but for devices.
std::vector<std::string> keys(const ledger::AllocationView& row, By by) {
    switch (by) {
        case By::site: {
            const std::string where = findings::origin(row, 2);
            return {where.empty() ? "not known" : where};
        }
        case By::owner:
            return {name(row.owner)};
        case By::program:
            return {program_of(row)};
        case By::kind:
            return {std::string(findings::noun(row.kind))};
        case By::device:
            break;
    }
    std::vector<std::string> devices;
    for (const std::int32_t device : row.devices) devices.push_back(fmt::format("{:>3}", device));
    return devices.empty() ? std::vector<std::string>{"not known"} : devices;
}

using Groups = std::vector<std::pair<std::pair<std::string, Region>, Sum>>;

Groups grouped(const ledger::ProcessView& process, By by) {
    std::map<std::pair<std::string, Region>, Sum> sums;
    for (const ledger::AllocationView& row : process.held) {
        const std::vector<std::string> into = keys(row, by);
        const std::uint64_t devices =
            by == By::device ? 1 : std::max<std::size_t>(1, row.devices.size());
        for (const std::string& key : into) {
            Sum& sum = sums[{key, row.region}];
            ++sum.count;
            sum.bytes += row.occupied_bytes * devices;
        }
    }
    Groups groups(sums.begin(), sums.end());
    std::stable_sort(groups.begin(), groups.end(),
                     [](const auto& a, const auto& b) { return a.second.bytes > b.second.bytes; });
    return groups;
}

}  // namespace

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
    for (const auto& [key, sum] : grouped(process, by)) {
        table.add({std::to_string(sum.count), findings::bytes_text(sum.bytes),
                   std::string(findings::title(key.second)), key.first});
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
