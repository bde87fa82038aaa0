#include "ledger/device_story.hpp"

namespace plimsoll::ledger {

namespace {

constexpr auto kL1 = static_cast<std::size_t>(Region::l1);

void raise(Peak& peak, std::uint64_t bytes, const KindCounts& counts) {
    if (bytes > peak.bytes) peak = {bytes, counts, {}};
}

std::int64_t signed_of(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); }

}  // namespace

std::int64_t DeviceStory::add(const Footprint& footprint, const Partition& cores,
                              std::span<const std::uint32_t> groups) {
    if (footprint.bytes == 0) return 0;
    ++counts_[static_cast<std::size_t>(footprint.region)][static_cast<std::size_t>(footprint.kind)];
    if (footprint.shared) {
        for (const std::uint32_t group : groups) ++count_on(cores, group, footprint.kind);
        ++without_program_;
        return change(footprint, signed_of(residency_.add(cores, groups, footprint.interval)));
    }
    if (footprint.lockstep) ++lockstep_counts_[static_cast<std::size_t>(footprint.kind)];
    const std::uint64_t hidden =
        footprint.lockstep ? residency_.add_in_lockstep(cores, footprint.interval) : 0;
    return change(footprint, signed_of(footprint.bytes) - signed_of(hidden));
}

std::int64_t DeviceStory::remove(const Footprint& footprint, const Partition& cores,
                                 std::span<const std::uint32_t> groups) {
    if (footprint.bytes == 0) return 0;
    --counts_[static_cast<std::size_t>(footprint.region)][static_cast<std::size_t>(footprint.kind)];
    if (footprint.shared) {
        for (const std::uint32_t group : groups) --count_on(cores, group, footprint.kind);
        --without_program_;
        return change(footprint, -signed_of(residency_.remove(cores, groups, footprint.interval)));
    }
    if (footprint.lockstep) --lockstep_counts_[static_cast<std::size_t>(footprint.kind)];
    const std::uint64_t shown =
        footprint.lockstep ? residency_.remove_in_lockstep(cores, footprint.interval) : 0;
    return change(footprint, signed_of(shown) - signed_of(footprint.bytes));
}

std::int64_t DeviceStory::put(const Footprint& footprint, const Partition& cores,
                              std::uint32_t group) {
    std::size_t& on = resident_cores_[footprint.id.value];
    if (on == 0) ++counts_[kL1][static_cast<std::size_t>(footprint.kind)];
    on += cores.groups()[group].members.size();
    ++count_on(cores, group, footprint.kind);
    const std::uint64_t grown = residency_.add(cores, {&group, 1}, footprint.interval);
    live_[kL1] += grown;
    return signed_of(grown);
}

std::int64_t DeviceStory::take(const Footprint& footprint, const Partition& cores,
                               std::uint32_t group) {
    const auto on = resident_cores_.find(footprint.id.value);
    if (on == resident_cores_.end()) return 0;
    on->second -= std::min(on->second, cores.groups()[group].members.size());
    --count_on(cores, group, footprint.kind);
    if (on->second == 0) {
        resident_cores_.erase(on);
        --counts_[kL1][static_cast<std::size_t>(footprint.kind)];
    }
    const std::uint64_t shrunk = residency_.remove(cores, {&group, 1}, footprint.interval);
    live_[kL1] -= shrunk;
    return -signed_of(shrunk);
}

void DeviceStory::settle() {
    raise(peaks_.regions[kL1], live_[kL1], counts_[kL1]);
    if (l1_per_core() > peaks_.l1_per_core.bytes) peaks_.l1_per_core = l1_per_core_now();
    peaks_.resident = std::max(peaks_.resident, residency_.total_bytes());
}

void DeviceStory::change_registered(std::int64_t bytes) {
    registered_ += static_cast<std::uint64_t>(bytes);
    peaks_.registered = std::max(peaks_.registered, registered_);
}

std::uint32_t& DeviceStory::count_on(const Partition& cores, std::uint32_t group, Kind kind) {
    for (std::size_t i = core_counts_.size(); i < cores.groups().size(); ++i) {
        const auto past = cores.groups()[i].split_from;
        core_counts_.push_back(past ? core_counts_[*past] : KindCounts{});
    }
    return core_counts_[group][static_cast<std::size_t>(kind)];
}

// Those in lockstep lie on every core.
Peak DeviceStory::l1_per_core_now() const {
    Peak now{l1_per_core(), lockstep_counts_, {}};
    const auto core = residency_.fullest_core();
    if (!core) return now;
    for (std::size_t i = 0; i < kKindCount; ++i) now.counts[i] += core_counts_[*core][i];
    if (without_program_ == 0 && *core < residents_.size()) now.label = residents_[*core].label;
    return now;
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
    } else {
        raise(peaks_.regions[region], live_[region], counts_[region]);
    }
    return bytes;
}

void DeviceStory::restart_peaks(const DevicePeaks& peaks) {
    peaks_ = peaks;
    for (std::size_t i = 0; i < kRegionCount; ++i) raise(peaks_.regions[i], live_[i], counts_[i]);
    settle();
    change_registered(0);
}

}  // namespace plimsoll::ledger
