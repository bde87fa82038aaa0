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
    const std::span<const std::uint32_t> groups =
        groups_.of(set.value, tables.sets[set.value].devices);
    for (std::size_t i = stories_.size(); i < groups_.groups().size(); ++i) {
        const auto past = groups_.groups()[i].split_from;
        stories_.push_back(past ? stories_[*past] : GroupStory{});
    }
    return groups;
}

std::span<const std::uint32_t> Occupancy::cores_of(const Tables& tables,
                                                   const Footprint& footprint) {
    if (!footprint.shared) return {};
    return core_sets_.of(footprint.cores, tables.cores);
}

bool Occupancy::has_room(const Footprint& footprint, std::span<const std::uint32_t> cores,
                         std::span<const std::uint32_t> groups) const {
    return std::all_of(groups.begin(), groups.end(), [&](std::uint32_t group) {
        const CoreResidency& residency = stories_[group].story.residency();
        if (footprint.shared) return residency.has_room(cores);
        return !footprint.lockstep || residency.has_room_in_lockstep();
    });
}

void Occupancy::change_registered(const Tables& tables, const Footprint& footprint,
                                  std::int64_t sign) {
    std::uint64_t registered = 0;
    const auto bytes = sign * static_cast<std::int64_t>(footprint.bytes);
    for (const std::uint32_t group : groups_of(tables, footprint.set)) {
        registered += static_cast<std::uint64_t>(bytes) * devices_in(group);
        if (footprint.shared) stories_[group].story.change_registered(bytes);
    }
    change(kinds_[static_cast<std::size_t>(footprint.kind)], registered);
}

Footprint Occupancy::add(const Tables& tables, const Allocation& allocation) {
    Footprint footprint = footprint_of(tables, allocation);
    if (footprint.bytes == 0) return footprint;
    const auto groups = groups_of(tables, footprint.set);
    const auto cores = cores_of(tables, footprint);
    if (footprint.by_runs) {
        add_of_program(tables, footprint);
        return footprint;
    }
    if (!has_room(footprint, cores, groups)) {
        ++left_out_;
        footprint.bytes = 0;
        return footprint;
    }
    change_registered(tables, footprint, 1);
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups) {
        DeviceStory& story = stories_[group].story;
        changed += static_cast<std::uint64_t>(story.add(footprint, core_sets_.cores(), cores)) *
                   devices_in(group);
    }
    change(total_, changed);
    return footprint;
}

void Occupancy::remove(const Tables& tables, const Footprint& footprint) {
    if (footprint.bytes == 0) return;
    change_registered(tables, footprint, -1);
    if (footprint.by_runs) return remove_of_program(tables, footprint);
    const auto cores = cores_of(tables, footprint);
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups_of(tables, footprint.set)) {
        DeviceStory& story = stories_[group].story;
        changed += static_cast<std::uint64_t>(story.remove(footprint, core_sets_.cores(), cores)) *
                   devices_in(group);
    }
    change(total_, changed);
}

void Occupancy::keep_peaks() {
    for (GroupStory& group : stories_) group.certain = group.story.peaks();
    for (Sum& sum : kinds_) sum.certain_peak = sum.peak;
    total_.certain_peak = total_.peak;
}

void Occupancy::restart() {
    for (GroupStory& group : stories_) group.story = {};
    for (Sum& sum : kinds_) sum.live = 0;
    total_.live = 0;
    programs_.clear();
}

void Occupancy::restart_peaks() {
    for (GroupStory& group : stories_) group.story.restart_peaks(group.certain);
    const auto restart = [](Sum& sum) { sum.peak = std::max(sum.certain_peak, sum.live); };
    std::for_each(kinds_.begin(), kinds_.end(), restart);
    restart(total_);
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
