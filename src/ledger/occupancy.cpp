#include "ledger/occupancy.hpp"

#include <algorithm>

namespace plimsoll::ledger {

namespace {

void grow(Sum& sum, std::uint64_t bytes) {
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

Footprint Occupancy::add(const Tables& tables, const Allocation& allocation) {
    Footprint footprint = footprint_of(allocation);
    if (footprint.bytes == 0) return footprint;
    const auto groups = groups_of(tables, footprint.set);
    std::span<const std::uint16_t> cores;
    if (footprint.resident) {
        cores = core_sets_.of(footprint.cores, tables.cores);
        const bool room = std::all_of(groups.begin(), groups.end(), [&](std::uint32_t group) {
            return stories_[group].story.residency().has_room(cores);
        });
        if (!room) {
            ++left_out_;
            footprint.bytes = 0;
            return footprint;
        }
    }
    std::uint64_t registered = 0;
    std::uint64_t grown = 0;
    for (const std::uint32_t group : groups) {
        registered += footprint.bytes * devices_in(group);
        grown += stories_[group].story.add(footprint, cores) * devices_in(group);
    }
    grow(kinds_[static_cast<std::size_t>(footprint.kind)], registered);
    grow(total_, grown);
    return footprint;
}

void Occupancy::remove(const Tables& tables, const Footprint& footprint) {
    if (footprint.bytes == 0) return;
    std::span<const std::uint16_t> cores;
    if (footprint.resident) cores = core_sets_.of(footprint.cores, tables.cores);
    std::uint64_t registered = 0;
    for (const std::uint32_t group : groups_of(tables, footprint.set)) {
        registered += footprint.bytes * devices_in(group);
        total_.live -= stories_[group].story.remove(footprint, cores) * devices_in(group);
    }
    kinds_[static_cast<std::size_t>(footprint.kind)].live -= registered;
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
