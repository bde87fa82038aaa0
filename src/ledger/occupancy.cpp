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
        stories_.push_back(past ? stories_[*past] : new_story());
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
        const CoreResidency& residency = stories_[group].residency();
        if (footprint.shared) return residency.has_room(cores);
        return !footprint.lockstep || residency.has_room_in_lockstep();
    });
}

void Occupancy::change_registered(std::span<const std::uint32_t> groups, const Footprint& footprint,
                                  std::int64_t sign) {
    std::uint64_t registered = 0;
    const auto bytes = sign * static_cast<std::int64_t>(footprint.bytes);
    for (const std::uint32_t group : groups) {
        registered += static_cast<std::uint64_t>(bytes) * devices_in(group);
        if (footprint.shared) stories_[group].change_registered(bytes);
    }
    change(kinds_[static_cast<std::size_t>(footprint.kind)], registered);
}

Footprint Occupancy::add(const Tables& tables, const Allocation& allocation) {
    Footprint footprint = footprint_of(tables, allocation);
    if (footprint.bytes == 0) return footprint;
    const auto groups = groups_of(tables, footprint.set);
    const auto cores = cores_of(tables, footprint);
    footprint.portion = portion_of(footprint, {});
    if (footprint.by_runs) {
        add_of_program(tables, footprint);
        return footprint;
    }
    if (!has_room(footprint, cores, groups)) {
        ++left_out_;
        footprint.bytes = 0;
        return footprint;
    }
    change_registered(groups, footprint, 1);
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups) {
        DeviceStory& story = stories_[group];
        changed += static_cast<std::uint64_t>(story.add(footprint, core_sets_.cores(), cores)) *
                   devices_in(group);
    }
    change(total_, changed);
    return footprint;
}

void Occupancy::remove(const Tables& tables, const Footprint& footprint) {
    if (footprint.bytes == 0) return;
    const auto groups = groups_of(tables, footprint.set);
    change_registered(groups, footprint, -1);
    if (footprint.by_runs) return remove_of_program(tables, footprint);
    const auto cores = cores_of(tables, footprint);
    std::uint64_t changed = 0;
    for (const std::uint32_t group : groups) {
        DeviceStory& story = stories_[group];
        changed += static_cast<std::uint64_t>(story.remove(footprint, core_sets_.cores(), cores)) *
                   devices_in(group);
    }
    change(total_, changed);
}

void Occupancy::keep_peaks() {
    for (DeviceStory& story : stories_) story.keep_peaks();
    for (Sum& sum : kinds_) sum.certain_peak = sum.peak;
    total_.certain_peak = total_.peak;
}

// That a window ended may be among what was lost, so those that are open end here.
void Occupancy::restart() {
    for (Window& window : windows_) {
        window.open = std::min(window.open, 1u);
        end_window(window.name);
    }
    for (DeviceStory& story : stories_) story.restart();
    for (Sum& sum : kinds_) sum.live = 0;
    total_.live = 0;
    programs_.clear();
}

void Occupancy::restart_peaks() {
    for (DeviceStory& story : stories_) story.restart_peaks();
    const auto restart = [](Sum& sum) { sum.peak = std::max(sum.certain_peak, sum.live); };
    std::for_each(kinds_.begin(), kinds_.end(), restart);
    restart(total_);
}

void Occupancy::begin_window(TextId name) {
    auto its = std::find_if(windows_.begin(), windows_.end(),
                            [name](const Window& window) { return window.name == name; });
    if (its == windows_.end()) {
        if (windows_.size() == kMaxWindows) return;
        its = windows_.insert(its, {name, 0, 0});
    }
    ++its->times;
    if (++its->open > 1) return;
    const auto watch = kFirstWindow + static_cast<std::size_t>(its - windows_.begin());
    for (DeviceStory& story : stories_) story.begin_watch(watch);
}

void Occupancy::end_window(TextId name) {
    const auto its = std::find_if(windows_.begin(), windows_.end(),
                                  [name](const Window& window) { return window.name == name; });
    if (its == windows_.end() || its->open == 0 || --its->open > 0) return;
    const auto watch = kFirstWindow + static_cast<std::size_t>(its - windows_.begin());
    for (DeviceStory& story : stories_) story.end_watch(watch);
}

void Occupancy::watch_anew() {
    is_watched_ = true;
    for (DeviceStory& story : stories_) story.begin_watch_anew(kSinceAsked);
}

DeviceStory Occupancy::new_story() const {
    DeviceStory story;
    if (is_watched_) story.begin_watch(kSinceAsked);
    for (std::size_t i = 0; i < windows_.size(); ++i) {
        if (windows_[i].open > 0) story.begin_watch(kFirstWindow + i);
    }
    return story;
}

std::uint32_t Occupancy::portion_of(const Footprint& footprint, LabelId label) {
    return portions_.number_of({footprint.kind, footprint.owner, {footprint.call_site}, label});
}

const DeviceStory* Occupancy::device(std::uint32_t index) const {
    const auto group = groups_.group_of(index);
    return group ? &stories_[*group] : nullptr;
}

}  // namespace plimsoll::ledger
