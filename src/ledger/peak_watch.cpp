#include "ledger/peak_watch.hpp"

#include <algorithm>

namespace plimsoll::ledger {

void PeakWatch::raise_region(DeviceTallies& tallies, Region region, std::uint64_t bytes) {
    const auto i = static_cast<std::size_t>(region);
    if (bytes <= highest_.regions[i].bytes) return;
    highest_.regions[i] = {bytes, {}};
    in_tallies_[i] = true;
    tallies.regions[i].mark(number_);
}

void PeakWatch::raise_l1(DeviceTallies& tallies, const DeviceLevels& levels) {
    raise_region(tallies, Region::l1, levels.regions[static_cast<std::size_t>(Region::l1)]);
    highest_.resident = std::max(highest_.resident, levels.resident);
    if (levels.l1_per_core <= highest_.l1_per_core.bytes) return;
    highest_.l1_per_core = {levels.l1_per_core, {}};
    l1_per_core_in_tallies_ = true;
    tallies.lockstep.mark(number_);
    if (core_ && core_ != levels.fullest_core) tallies.cores[*core_].forget(number_);
    core_ = levels.fullest_core;
    if (core_) tallies.cores[*core_].mark(number_);
}

void PeakWatch::raise_registered(std::uint64_t bytes) {
    highest_.registered = std::max(highest_.registered, bytes);
}

DevicePeaks PeakWatch::peaks(const DeviceTallies& tallies) const {
    DevicePeaks peaks = highest_;
    for (std::size_t i = 0; i < kRegionCount; ++i) {
        if (in_tallies_[i]) peaks.regions[i].shares = tallies.regions[i].at_mark(number_);
    }
    if (!l1_per_core_in_tallies_) return peaks;
    peaks.l1_per_core.shares = tallies.lockstep.at_mark(number_);
    if (!core_) return peaks;
    add_shares(peaks.l1_per_core.shares, tallies.cores[*core_].at_mark(number_));
    return peaks;
}

// From here on nothing rests on the tallies.
void PeakWatch::fix(const DevicePeaks& peaks, DeviceTallies& tallies) {
    highest_ = peaks;
    in_tallies_ = {};
    l1_per_core_in_tallies_ = false;
    for (Tally& tally : tallies.regions) tally.forget(number_);
    tallies.lockstep.forget(number_);
    if (core_ && *core_ < tallies.cores.size()) tallies.cores[*core_].forget(number_);
    core_.reset();
}

void PeakWatch::end(DeviceTallies& tallies) {
    is_open_ = false;
    fix(peaks(tallies), tallies);
}

void PeakWatch::restart(DeviceTallies& tallies) { fix(kept_, tallies); }

}  // namespace plimsoll::ledger
