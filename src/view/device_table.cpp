#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "findings/region_sizes.hpp"
#include "findings/words.hpp"
#include "view/device_rows.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

bool any_at_least(const std::vector<ledger::DeviceUse>& devices) {
    const auto at_least = [](const ledger::RegionUse& use) {
        return use.live.coverage == Coverage::at_least || use.peak.coverage == Coverage::at_least;
    };
    return std::any_of(devices.begin(), devices.end(), [&](const ledger::DeviceUse& device) {
        return at_least(device.l1_per_core) ||
               std::any_of(device.regions.begin(), device.regions.end(), at_least);
    });
}

}  // namespace

namespace {

// Of the device that used most of it.
void print_sizes_that_do(Page& page, const std::vector<AlikeDevices>& groups) {
    std::map<std::string, findings::RegionSize> most;
    for (const AlikeDevices& group : groups) {
        for (const findings::RegionSize& size : findings::region_sizes(*group.first)) {
            const auto at = most.emplace(size.setting.name, size).first;
            if (size.enough > at->second.enough) at->second = size;
        }
    }
    for (const auto& [setting, size] : most) {
        if (size.enough == size.given) continue;
        page.line(fmt::format("  {}={} would have been enough", setting, size.enough), Look::faint);
    }
}

}  // namespace

std::string figure_text(const ledger::Figure& figure) {
    if (figure.coverage == Coverage::unknown) return "-";
    return (figure.coverage == Coverage::at_least ? "≥ " : "") + findings::bytes_text(figure.value);
}

void print_devices(Page& page, const ledger::Snapshot& snapshot) {
    if (snapshot.devices.empty()) return;
    constexpr std::size_t kMaxGroups = 8;
    const std::vector<AlikeDevices> groups = alike_devices(snapshot.devices);
    Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
    table.add({"device", "region", any_running(snapshot) ? "live" : "left", "peak", "of",
               "made of, at the peak"});
    std::size_t unshown = snapshot.devices.size();
    for (std::size_t i = 0; i < groups.size() && i < kMaxGroups; ++i) {
        std::string who = groups[i].label(groups.size() == 1);
        for (const RegionRow& row : region_rows(*groups[i].first)) {
            table.add({who, row.region, row.live, row.peak, row.capacity, row.at_peak});
            who.clear();
        }
        unshown -= groups[i].devices.size();
    }
    table.print(page, 2);
    print_sizes_that_do(page, groups);
    if (unshown > 0) page.line("  " + and_more(unshown));
    page.line("  of: what the runtime's allocator can give; L1/core: bytes per bank, fullest core",
              Look::faint);
    if (any_at_least(snapshot.devices)) {
        const bool together = snapshot.processes.size() > 1 && snapshot.totals.events.lost == 0;
        page.line(together ? "  ≥: the most of one process; together they may have held more"
                           : "  ≥: at least that much; a part of the history was not seen",
                  Look::faint);
    }
    page.blank();
}

}  // namespace plimsoll::view
