#include "server/peaks.hpp"

#include <algorithm>

namespace plimsoll::server {

std::vector<metrics::DeviceMaximum> maxima_of(const Watched& entry,
                                              const ledger::ProcessView& figures) {
    std::vector<metrics::DeviceMaximum> maxima;
    for (const ledger::DeviceUse& device : figures.devices) {
        metrics::DeviceMaximum& most = maxima.emplace_back();
        most.device = device.device;
        most.arch = device.arch;
        const auto since = entry.process.watched_peaks(device.device).peaks;
        for (std::size_t i = 0; i < kRegionCount; ++i) {
            const ledger::RegionUse& use = device.regions[i];
            const std::uint64_t peak =
                entry.peaks_watched ? since.regions[i].bytes : use.peak.value;
            most.regions[i] = std::max(use.live.value, peak);
        }
        const ledger::RegionUse& core = device.l1_per_core;
        most.l1_per_core = std::max(
            core.live.value, entry.peaks_watched ? since.l1_per_core.bytes : core.peak.value);
    }
    return maxima;
}

}  // namespace plimsoll::server
