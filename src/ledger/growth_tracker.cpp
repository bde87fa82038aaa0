#include "ledger/growth_tracker.hpp"

#include <algorithm>

#include "ledger/footprint.hpp"

namespace plimsoll::ledger {
namespace {

constexpr std::size_t kMostSets = 8;

std::uint64_t key_of(const Allocation& allocation) {
    return (std::uint64_t{allocation.call_site.value} << 24U) |
           (static_cast<std::uint64_t>(allocation.owner) << 16U) |
           (static_cast<std::uint64_t>(allocation.kind) << 8U) |
           static_cast<std::uint64_t>(allocation.region);
}

std::uint32_t devices_of(const Tables& tables, DeviceSetId set) {
    if (set.value >= tables.sets.size()) return 1;
    return std::max(static_cast<std::uint32_t>(tables.sets[set.value].devices.size()), 1u);
}

}  // namespace

std::uint32_t GrowthTracker::group_of(const Allocation& allocation) {
    const std::uint64_t key = key_of(allocation);
    const std::uint32_t known = numbers_.find(key);
    if (known != FlatIndex::kNone) return known;
    if (groups_.size() >= kMostGroups) return 0;
    const auto number = static_cast<std::uint32_t>(groups_.size() + 1);
    numbers_.insert(key, number);
    GrowthGroup& group = groups_.emplace_back();
    group.call_site = allocation.call_site;
    group.work = allocation.work;
    group.kind = allocation.kind;
    group.region = allocation.region;
    group.owner = allocation.owner;
    if (allocation.owner == Owner::program) programs_.insert(allocation.call_site.value);
    return number;
}

GrowthShare GrowthTracker::count(const Tables& tables, const Allocation& allocation) {
    const std::uint32_t devices = devices_of(tables, allocation.set);
    const std::uint32_t number = group_of(allocation);
    const GrowthShare share{number, devices, allocation.bytes * devices,
                            occupied_bytes(allocation) * devices};
    if (number == 0) return share;
    GrowthGroup& group = groups_[number - 1];
    const bool known =
        std::find(group.sets.begin(), group.sets.end(), allocation.set) != group.sets.end();
    if (!known && group.sets.size() < kMostSets) group.sets.push_back(allocation.set);
    ++group.live;
    group.live_bytes += share.bytes;
    group.live_occupied += share.occupied;
    return share;
}

GrowthShare GrowthTracker::allocate(const Tables& tables, const Allocation& allocation) {
    ++births_;
    const GrowthShare share = count(tables, allocation);
    if (share.group == 0) return share;
    GrowthGroup& group = groups_[share.group - 1];
    ++group.births;
    group.trail.begin(births_, marks_.now(), group.live, group.live_bytes);
    return share;
}

GrowthShare GrowthTracker::hold(const Tables& tables, const Allocation& allocation) {
    const GrowthShare share = count(tables, allocation);
    if (share.group == 0) return share;
    GrowthGroup& group = groups_[share.group - 1];
    group.base = group.live;
    group.base_bytes = group.live_bytes;
    return share;
}

void GrowthTracker::end(const GrowthShare& share) {
    if (share.group == 0) return;
    GrowthGroup& group = groups_[share.group - 1];
    ++group.frees;
    --group.live;
    group.live_bytes -= share.bytes;
    group.live_occupied -= share.occupied;
    group.trail.fall(group.live, group.live_bytes);
}

void GrowthTracker::restart() {
    groups_.clear();
    numbers_.clear();
    programs_.clear();
}

}  // namespace plimsoll::ledger
