#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

using Member = ledger::Figure ledger::RegionUse::*;

// DRAM and L1 are always there; the small regions only when there is something to say.
bool shown(Region region, const ledger::RegionUse& use) {
    if (region == Region::dram || region == Region::l1) return true;
    const bool capacity = use.capacity.coverage != Coverage::unknown && use.capacity.value > 0;
    return capacity || use.live.value > 0 || use.peak.value > 0;
}

Json by_region(const ledger::DeviceUse& device, Member member) {
    Json regions = Json::object();
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        if (shown(region, use)) regions[name(region)] = figure_json(use.*member);
    }
    return regions;
}

Json coverage(const ledger::RegionUse& use) {
    return {{"capacity", name(use.capacity.coverage)},
            {"live", name(use.live.coverage)},
            {"peak", name(use.peak.coverage)}};
}

Json level(const ledger::Level& level) {
    return {{"live", figure_json(level.live)}, {"peak", figure_json(level.peak)}};
}

}  // namespace

Json device_json(const ledger::DeviceUse& device) {
    Json coverages = Json::object();
    Json at_peak = Json::object();
    Json overlap = Json::object();
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        if (!shown(region, use)) continue;
        coverages[name(region)] = coverage(use);
        if (use.overlap > 0) overlap[name(region)] = use.overlap;
        if (!use.at_peak.empty()) at_peak[name(region)] = shares_json(use.at_peak);
    }
    return {{"device", device.device},
            {"mesh", or_null(device.mesh)},
            {"arch", or_null(device.arch)},
            {"state", device.open ? "open" : "closed"},
            {"active_allocations", device.allocations},
            {"capacity", by_region(device, &ledger::RegionUse::capacity)},
            {"live", by_region(device, &ledger::RegionUse::live)},
            {"peak", by_region(device, &ledger::RegionUse::peak)},
            {"at_peak", at_peak},
            {"overlap_at_peak", overlap},
            {"coverage", coverages},
            {"l1_per_core",
             {{"capacity", figure_json(device.l1_per_core.capacity)},
              {"live", figure_json(device.l1_per_core.live)},
              {"peak", figure_json(device.l1_per_core.peak)},
              {"at_peak", shares_json(device.l1_per_core.at_peak)},
              {"overlap_at_peak", device.l1_per_core.overlap},
              {"coverage", coverage(device.l1_per_core)}}},
            {"circular_buffers",
             {{"registered", level(device.registered)}, {"resident", level(device.resident)}}}};
}

}  // namespace plimsoll::exporting
