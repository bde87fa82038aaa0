#include "view/ps_table.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <utility>

#include "findings/words.hpp"
#include "view/device_rows.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

using Processes = std::vector<ledger::ProcessView>;

constexpr const char* kHowToWatch =
    "unknown: not watched; start it by plimsoll run, or TT_ALLOC_TRACKING_ENABLED=1";

std::uint64_t live(const Processes& processes, Region region) {
    std::uint64_t bytes = 0;
    for (const ledger::ProcessView& process : processes) {
        for (const ledger::DeviceUse& device : process.devices) {
            bytes += device.regions[static_cast<std::size_t>(region)].live.value;
        }
    }
    return bytes;
}

std::string of_watched(const Processes& processes) {
    if (processes.empty()) return "no process that Plimsoll may look into holds device memory";
    std::vector<std::string> parts;
    for (const Region region : kRegions) {
        const std::uint64_t bytes = live(processes, region);
        if (bytes == 0) continue;
        parts.push_back(
            fmt::format("{} of {}", findings::bytes_text(bytes), findings::title(region)));
    }
    return fmt::format("{} {} {}", findings::counted(processes.size(), "process"),
                       processes.size() == 1 ? "holds" : "hold",
                       parts.empty() ? "no device memory" : findings::listed(parts));
}

std::string verdict(const ledger::Sighting& sighting) {
    const std::size_t unknown = sighting.unwatched.size();
    if (unknown == 0) return of_watched(sighting.processes);
    return of_watched(sighting.processes) + fmt::format("; what {} {} is unknown",
                                                        findings::counted(unknown, "other"),
                                                        unknown == 1 ? "holds" : "hold");
}

bool one_user(const ledger::Sighting& sighting) {
    std::set<std::string_view> users;
    for (const ledger::ProcessView& process : sighting.processes) {
        users.insert(process.identity.user);
    }
    for (const ledger::Unwatched& process : sighting.unwatched) users.insert(process.user);
    return users.size() <= 1;
}

// What tells processes of one name apart, in lines that leave 80 columns enough: "7 inside, rank
// 3", "in 0123abcd".
std::vector<std::string> place_of(const ledger::Identity& identity) {
    constexpr std::size_t kShortId = 8;
    std::vector<std::string> numbers, lines;
    if (identity.namespace_pid != 0) {
        numbers.push_back(fmt::format("{} inside", identity.namespace_pid));
    }
    if (identity.rank) numbers.push_back(fmt::format("rank {}", *identity.rank));
    if (!numbers.empty()) lines.push_back(fmt::format("{}", fmt::join(numbers, ", ")));
    if (!identity.container.empty()) {
        lines.push_back("in " + identity.container.substr(0, kShortId));
    }
    return lines;
}

// Its name and place beside its rows, one line of them after the other.
void add_process(Table& table, const ledger::ProcessView& process, bool with_user) {
    const ledger::Identity& identity = process.identity;
    std::vector<std::string> lines = place_of(identity);
    lines.insert(lines.begin(), with_user ? identity.user + "  " + identity.name : identity.name);
    std::size_t rows = 0;
    const auto add = [&](std::string devices, const RegionRow& row) {
        table.add({rows == 0 ? std::to_string(identity.pid) : "",
                   rows < lines.size() ? lines[rows] : "", std::move(devices), row.region, row.live,
                   row.peak, row.capacity, row.share});
        ++rows;
    };
    const std::vector<AlikeDevices> groups = alike_devices(process.devices);
    for (const AlikeDevices& group : groups) {
        std::string devices = group.label(groups.size() == 1);
        for (const RegionRow& row : region_rows(*group.first)) {
            add(std::exchange(devices, ""), row);
        }
    }
    if (groups.empty()) add("none", {});
    while (rows < lines.size()) add("", {});
}

void add_unwatched(Table& table, const ledger::Unwatched& process, bool with_user) {
    const std::string devices =
        process.devices.empty() ? "unknown" : findings::numbers_text(process.devices);
    table.add({std::to_string(process.pid),
               with_user ? process.user + "  " + process.name : process.name, devices, "unknown",
               "unknown", "", "", ""});
}

}  // namespace

std::string ps_table(const ledger::Sighting& sighting, Style style) {
    const Processes& processes = sighting.processes;
    Page page(style);
    page.paragraph("plimsoll: " + verdict(sighting), 10, Look::strong);
    if (!processes.empty() || !sighting.unwatched.empty()) {
        page.blank();
        constexpr std::size_t kNarrowGap = 2;  // so that 80 columns are enough
        Table table({Align::right, Align::left, Align::left, Align::left, Align::right,
                     Align::right, Align::right, Align::right},
                    kNarrowGap);
        const bool with_user = !one_user(sighting);
        table.add({"pid", with_user ? "user, process" : "process", "device", "region", "live",
                   "peak", "of", "used"});
        for (const ledger::ProcessView& process : processes) {
            add_process(table, process, with_user);
        }
        for (const ledger::Unwatched& process : sighting.unwatched) {
            add_unwatched(table, process, with_user);
        }
        table.print(page, 2);
    }
    if (!sighting.unwatched.empty()) page.paragraph(std::string("  ") + kHowToWatch, 4);
    for (const std::string& note : sighting.notes) page.paragraph("  " + note, 4);
    return std::move(page).text();
}

}  // namespace plimsoll::view
