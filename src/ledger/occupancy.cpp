#include "ledger/occupancy.hpp"

#include <algorithm>

namespace plimsoll::ledger {

namespace {

void change(Sum& sum, std::uint64_t bytes) {
    sum.live += bytes;
    sum.peak = std::max(sum.peak, sum.live);
}

}  // namespace

std::span<const std::uint32_t> Occupancy::groups_of(const Tables& tables, DeviceSetId set) {
    if (set.value >= tables.sets.size()) return {};
    const std::span<const std::uint32_t> groups = groups_.of(set, tables.sets[set.value].devices);
    for (std::size_t i = stories_.size(); i < groups_.groups().size(); ++i) {
        const auto past = groups_.groups()[i].split_from;
        stories_.push_back(past ? stories_[*past] : GroupStory{});
    }
    return groups;
}

bool Occupancy::has_room(const Footprint& footprint, std::span<const std::uint16_t> cores,
                         std::span<const std::uint32_t> groups) const {
    return std::all_of(groups.begin(), groups.end(), [&](std::uint32_t group) {
        const CoreResidency& residency = stories_[group].story.residency();
        if (footprint.resident) return residency.has_room(cores);
        return !footprint.lockstep || residency.has_room_in_lockstep();
    });
}

Footprint Occupancy::add(const Tables& tables, const Allocation& allocation) {
    Footprint footprint = footprint_of(allocation);
    if (footprint.bytes == 0) return footprint;
    const auto groups = groups_of(tables, footprint.set);
    std::span<const std::uint16_t> cores;
    if (footprint.resident) cores = core_sets_.of(footprint.cores, tables.cores);
    if (!has_room(footprint, cores, groups)) {
        ++left_out_;
        footprint.bytes = 0;
        return footprint;
    }
    std::uint64_t registered = 0;
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups) {
        registered += footprint.bytes * devices_in(group);
        changed += static_cast<std::uint64_t>(stories_[group].story.add(footprint, cores)) *
                   devices_in(group);
    }
    change(kinds_[static_cast<std::size_t>(footprint.kind)], registered);
    change(total_, changed);
    return footprint;
}

void Occupancy::remove(const Tables& tables, const Footprint& footprint) {
    if (footprint.bytes == 0) return;
    std::span<const std::uint16_t> cores;
    if (footprint.resident) cores = core_sets_.of(footprint.cores, tables.cores);
    std::uint64_t registered = 0;
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups_of(tables, footprint.set)) {
        registered += footprint.bytes * devices_in(group);
        changed += static_cast<std::uint64_t>(stories_[group].story.remove(footprint, cores)) *
                   devices_in(group);
    }
    kinds_[static_cast<std::size_t>(footprint.kind)].live -= registered;
    change(total_, changed);
}

void Occupancy::keep_peaks() {
    for (GroupStory& group : stories_) group.certain = group.story.peaks();
    for (Sum& sum : kinds_) sum.certain_peak = sum.peak;
    total_.certain_peak = total_.peak;
}

void Occupancy::restart() {
    for (GroupStory& group : stories_) group.story.restart(group.certain);
    for (Sum& sum : kinds_) sum = {0, sum.certain_peak, sum.certain_peak};
    total_ = {0, total_.certain_peak, total_.certain_peak};
}

const DeviceStory* Occupancy::device(std::uint32_t index) const {
    const auto group = groups_.group_of(index);
    return group ? &stories_[*group].story : nullptr;
}

const DevicePeaks* Occupancy::certain_peaks(std::uint32_t index) const {
    const auto group = groups_.group_of(index);
    return group ? &stories_[*group].certain : nullptr;
}

}  // namespace plimsoll::ledger
