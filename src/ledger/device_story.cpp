#include "ledger/device_story.hpp"

namespace plimsoll::ledger {

namespace {

constexpr auto kL1 = static_cast<std::size_t>(Region::l1);

std::int64_t signed_of(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); }

std::uint64_t length(const Interval& interval) { return interval.end - interval.begin; }

// What is added, wrapping: sizes are whatever a segment says.
std::uint64_t times(std::int64_t sign, std::uint64_t value) { return sign < 0 ? 0 - value : value; }

}  // namespace

// Of what does not share its space.
void DeviceStory::tally(const Footprint& footprint, std::int64_t sign) {
    const auto region = static_cast<std::size_t>(footprint.region);
    const std::uint64_t bytes = times(sign, footprint.bytes);
    tallies_.regions[region].change(footprint.portion, times(sign, 1), bytes);
    Interval& reach = reach_[region];
    if (reach.end == 0) reach = footprint.interval;
    reach.begin = std::min(reach.begin, footprint.interval.begin);
    reach.end = std::max(reach.end, footprint.interval.end);
    if (!footprint.lockstep) return;
    l1_buffers_ += bytes;
    tallies_.lockstep.change(footprint.portion, times(sign, 1),
                             times(sign, length(footprint.interval)));
}

// Of what does, on one group of cores.
void DeviceStory::tally_on(const Partition& cores, std::uint32_t group, const Footprint& footprint,
                           std::int64_t sign) {
    for (std::size_t i = tallies_.cores.size(); i < cores.groups().size(); ++i) {
        const auto past = cores.groups()[i].split_from;
        tallies_.cores.push_back(past ? tallies_.cores[*past] : Tally{});
    }
    const std::uint64_t bytes = times(sign, length(footprint.interval));
    tallies_.cores[group].change(footprint.portion, times(sign, 1), bytes);
    const std::uint64_t on = cores.groups()[group].members.size();
    tallies_.regions[kL1].change(footprint.portion, 0, bytes * on);
}

std::int64_t DeviceStory::add(const Footprint& footprint, const Partition& cores,
                              std::span<const std::uint32_t> groups) {
    if (footprint.bytes == 0) return 0;
    if (footprint.shared) {
        tallies_.regions[kL1].change(footprint.portion, 1, 0);
        for (const std::uint32_t group : groups) tally_on(cores, group, footprint, 1);
        return change(footprint, signed_of(residency_.add(cores, groups, footprint.interval)));
    }
    tally(footprint, 1);
    const std::uint64_t hidden =
        footprint.lockstep ? residency_.add_in_lockstep(cores, footprint.interval) : 0;
    return change(footprint, signed_of(footprint.bytes) - signed_of(hidden));
}

std::int64_t DeviceStory::remove(const Footprint& footprint, const Partition& cores,
                                 std::span<const std::uint32_t> groups) {
    if (footprint.bytes == 0) return 0;
    if (footprint.shared) {
        tallies_.regions[kL1].change(footprint.portion, times(-1, 1), 0);
        for (const std::uint32_t group : groups) tally_on(cores, group, footprint, -1);
        return change(footprint, -signed_of(residency_.remove(cores, groups, footprint.interval)));
    }
    tally(footprint, -1);
    const std::uint64_t shown =
        footprint.lockstep ? residency_.remove_in_lockstep(cores, footprint.interval) : 0;
    return change(footprint, signed_of(shown) - signed_of(footprint.bytes));
}

std::int64_t DeviceStory::put(const Footprint& footprint, const Partition& cores,
                              std::uint32_t group) {
    std::size_t& on = resident_cores_[footprint.id.value];
    if (on == 0) tallies_.regions[kL1].change(footprint.portion, 1, 0);
    on += cores.groups()[group].members.size();
    tally_on(cores, group, footprint, 1);
    const std::uint64_t grown = residency_.add(cores, {&group, 1}, footprint.interval);
    live_[kL1] += grown;
    return signed_of(grown);
}

std::int64_t DeviceStory::take(const Footprint& footprint, const Partition& cores,
                               std::uint32_t group) {
    const auto on = resident_cores_.find(footprint.id.value);
    if (on == resident_cores_.end()) return 0;
    on->second -= std::min(on->second, cores.groups()[group].members.size());
    tally_on(cores, group, footprint, -1);
    if (on->second == 0) {
        resident_cores_.erase(on);
        tallies_.regions[kL1].change(footprint.portion, times(-1, 1), 0);
    }
    const std::uint64_t shrunk = residency_.remove(cores, {&group, 1}, footprint.interval);
    live_[kL1] -= shrunk;
    return -signed_of(shrunk);
}

DeviceLevels DeviceStory::levels() const {
    return {live_,       residency_.fullest_core_bytes(), residency_.fullest_core(), l1_buffers_,
            registered_, residency_.total_bytes()};
}

void DeviceStory::settle() {
    const DeviceLevels now = levels();
    for (PeakWatch& watch : watches_) {
        if (watch.is_open()) watch.raise_l1(tallies_, now);
    }
}

void DeviceStory::change_registered(std::int64_t bytes) {
    registered_ += static_cast<std::uint64_t>(bytes);
    for (PeakWatch& watch : watches_) {
        if (watch.is_open()) watch.raise_registered(registered_);
    }
}

std::vector<Resident>& DeviceStory::residents(const Partition& cores) {
    for (std::size_t i = residents_.size(); i < cores.groups().size(); ++i) {
        const auto past = cores.groups()[i].split_from;
        residents_.push_back(past ? residents_[*past] : Resident{});
    }
    return residents_;
}

// Also what goes may raise a sum, where it lay over more cores than its own banks.
std::int64_t DeviceStory::change(const Footprint& footprint, std::int64_t bytes) {
    const auto region = static_cast<std::size_t>(footprint.region);
    live_[region] += static_cast<std::uint64_t>(bytes);
    if (region == kL1) {
        settle();
        return bytes;
    }
    for (PeakWatch& watch : watches_) {
        if (watch.is_open()) watch.raise_region(tallies_, footprint.region, live_[region]);
    }
    return bytes;
}

void DeviceStory::raise_all(PeakWatch& watch) {
    for (const Region region : kRegions) {
        watch.raise_region(tallies_, region, live_[static_cast<std::size_t>(region)]);
    }
    watch.raise_l1(tallies_, levels());
    watch.raise_registered(registered_);
}

DevicePeaks DeviceStory::now() const {
    DevicePeaks now;
    for (std::size_t i = 0; i < kRegionCount; ++i) {
        now.regions[i] = {live_[i], tallies_.regions[i].now()};
    }
    const DeviceLevels level = levels();
    now.l1_per_core = {level.l1_per_core, tallies_.lockstep.now()};
    if (level.fullest_core) {
        add_shares(now.l1_per_core.shares, tallies_.cores[*level.fullest_core].now());
    }
    now.l1_buffers = level.l1_buffers;
    now.registered = level.registered;
    now.resident = level.resident;
    return now;
}

void DeviceStory::begin_watch(std::size_t watch) {
    while (watches_.size() <= watch) watches_.emplace_back(watches_.size());
    watches_[watch].begin();
    raise_all(watches_[watch]);
}

void DeviceStory::end_watch(std::size_t watch) {
    if (watch < watches_.size()) watches_[watch].end(tallies_);
}

void DeviceStory::begin_watch_anew(std::size_t watch) {
    end_watch(watch);
    if (watch < watches_.size()) watches_[watch] = PeakWatch(watch);
    begin_watch(watch);
}

DevicePeaks DeviceStory::peaks(std::size_t watch) const {
    return watch < watches_.size() ? watches_[watch].peaks(tallies_) : DevicePeaks{};
}

DevicePeaks DeviceStory::kept_peaks(std::size_t watch) const {
    return watch < watches_.size() ? watches_[watch].kept() : DevicePeaks{};
}

void DeviceStory::keep_peaks() {
    for (PeakWatch& watch : watches_) watch.keep(tallies_);
}

void DeviceStory::restart() {
    std::vector<PeakWatch> watches = std::move(watches_);
    const std::array<Interval, kRegionCount> reach = reach_;
    *this = {};
    reach_ = reach;
    watches_ = std::move(watches);
    for (PeakWatch& watch : watches_) watch.restart(tallies_);
}

void DeviceStory::restart_peaks() {
    for (PeakWatch& watch : watches_) {
        watch.restart(tallies_);
        if (watch.is_open()) raise_all(watch);
    }
}

}  // namespace plimsoll::ledger
