#include "view/statistics.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/page.hpp"
#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

std::string device_line(const ledger::DeviceUse& device) {
    std::vector<std::string> parts;
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        const bool always = region == Region::dram || region == Region::l1;
        if (!always && use.live.value == 0) continue;
        parts.push_back(fmt::format("{} {}", findings::title(region), figure_text(use.live)));
    }
    return fmt::format("  Device {}: {}, {}", device.device,
                       findings::counted(device.allocations, "allocation"), fmt::join(parts, ", "));
}

}  // namespace

std::string statistics(const ledger::Snapshot& snapshot) {
    Page page({});
    page.line("📊 Current Statistics:");
    for (const ledger::DeviceUse& device : snapshot.devices) {
        if (!device.open) continue;
        page.line(device_line(device));
    }
    page.line(fmt::format("  Active allocations: {}", snapshot.totals.active_allocations));
    return std::move(page).text();
}

}  // namespace plimsoll::view
