#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

Json window_device_json(const ledger::WindowDevice& device) {
    Json peak = Json::object();
    Json at_peak = Json::object();
    for (const Region region : kRegions) {
        const ledger::RegionPeak& use = device.regions[static_cast<std::size_t>(region)];
        const bool is_large = region == Region::dram || region == Region::l1;
        if (!is_large && use.peak.value == 0) continue;
        peak[name(region)] = figure_json(use.peak);
        at_peak[name(region)] = shares_json(use.at_peak);
    }
    return {{"device", device.device},
            {"peak", peak},
            {"at_peak", at_peak},
            {"l1_per_core",
             {{"peak", figure_json(device.l1_per_core.peak)},
              {"at_peak", shares_json(device.l1_per_core.at_peak)}}},
            {"coverage", name(device.l1_per_core.peak.coverage)}};
}

}  // namespace

Json shares_json(const std::vector<ledger::PeakShare>& shares) {
    Json parts = Json::array();
    for (const ledger::PeakShare& share : shares) {
        parts.push_back({{"kind", name(share.kind)},
                         {"owner", name(share.owner)},
                         {"count", share.count},
                         {"bytes", share.bytes},
                         {"program", or_null(share.program)},
                         {"op", or_null(share.call_site.op)},
                         {"call_site", call_site_json(share.call_site.frames)}});
    }
    return parts;
}

Json windows_json(const ledger::ProcessView& process) {
    Json windows = Json::array();
    for (const ledger::WindowUse& window : process.windows) {
        Json devices = Json::array();
        for (const ledger::WindowDevice& device : window.devices) {
            devices.push_back(window_device_json(device));
        }
        windows.push_back({{"name", window.name},
                           {"pid", process.identity.pid},
                           {"times", window.times},
                           {"open", window.open},
                           {"devices", devices}});
    }
    return windows;
}

}  // namespace plimsoll::exporting
