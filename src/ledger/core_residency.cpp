#include "ledger/core_residency.hpp"

#include <algorithm>
#include <iterator>

namespace plimsoll::ledger {

bool CoreResidency::has_room(std::span<const std::uint32_t> groups) const {
    if (boundaries_ + 2 * groups.size() > kMaxBoundaries) return false;
    return std::all_of(groups.begin(), groups.end(), [this](std::uint32_t core) {
        return core >= cores_.size() || cores_[core].boundaries.size() + 2 <= kMaxBoundariesPerCore;
    });
}

bool CoreResidency::has_room_in_lockstep() const {
    return lockstep_.boundaries.size() + 2 <= kMaxBoundaries;
}

// What was one core's past is that of all parts of its group.
void CoreResidency::follow(const Partition& cores) {
    for (std::size_t i = cores_.size(); i < cores.groups().size(); ++i) {
        const auto past = cores.groups()[i].split_from;
        cores_.push_back(past ? cores_[*past] : Core{});
        boundaries_ += cores_.back().boundaries.size();
    }
}

// The place of the boundary at `address`, which is made when there is none.
std::size_t CoreResidency::split(Boundaries& boundaries, std::uint64_t address) {
    const auto at = std::lower_bound(
        boundaries.begin(), boundaries.end(), address,
        [](const Boundary& boundary, std::uint64_t wanted) { return boundary.address < wanted; });
    const auto place = static_cast<std::size_t>(at - boundaries.begin());
    if (at == boundaries.end() || at->address != address) {
        const std::uint64_t cover = place == 0 ? 0 : boundaries[place - 1].cover;
        boundaries.insert(at, {address, cover});
    }
    return place;
}

// How much of the interval nothing covers.
std::uint64_t CoreResidency::free_bytes(const Boundaries& boundaries, Interval interval) {
    auto at = std::upper_bound(
        boundaries.begin(), boundaries.end(), interval.begin,
        [](std::uint64_t wanted, const Boundary& boundary) { return wanted < boundary.address; });
    std::uint64_t cover = at == boundaries.begin() ? 0 : std::prev(at)->cover;
    std::uint64_t free = 0;
    for (std::uint64_t from = interval.begin; from < interval.end; ++at) {
        const bool last = at == boundaries.end() || at->address >= interval.end;
        const std::uint64_t to = last ? interval.end : at->address;
        if (cover == 0) free += to - from;
        if (last) break;
        cover = at->cover;
        from = to;
    }
    return free;
}

// Calls toggled(part) for each part that was covered by nothing before, or is now.
template <class Toggled>
void CoreResidency::change(Boundaries& boundaries, Interval interval, Step step, Toggled toggled) {
    const std::size_t first = split(boundaries, interval.begin);
    const std::size_t last = split(boundaries, interval.end);
    for (std::size_t i = first; i < last; ++i) {
        std::uint64_t& cover = boundaries[i].cover;
        const Interval part{boundaries[i].address, boundaries[i + 1].address};
        if (step == Step::add) {
            if (cover++ == 0) toggled(part);
        } else if (cover > 0 && --cover == 0) {
            toggled(part);
        }
    }
    // All covers inside changed alike, so only the two ends can have become equal to what is
    // before them.
    const auto drop_if_no_step = [&boundaries](std::size_t at) {
        const std::uint64_t before = at == 0 ? 0 : boundaries[at - 1].cover;
        if (boundaries[at].cover == before) {
            boundaries.erase(boundaries.begin() + static_cast<std::ptrdiff_t>(at));
        }
    };
    drop_if_no_step(last);
    drop_if_no_step(first);
}

std::uint64_t CoreResidency::add(const Partition& cores, std::span<const std::uint32_t> groups,
                                 Interval interval) {
    if (interval.begin >= interval.end) return 0;
    follow(cores);
    std::uint64_t grown = 0;
    for (const std::uint32_t number : groups) {
        Core& core = cores_[number];
        boundaries_ -= core.boundaries.size();
        std::uint64_t bytes = 0;
        change(core.boundaries, interval, Step::add,
               [&](Interval part) { bytes += free_bytes(lockstep_.boundaries, part); });
        boundaries_ += core.boundaries.size();
        core.bytes += bytes;
        grown += bytes * cores.groups()[number].members.size();
        fullest_ = std::max(fullest_, core.bytes);
    }
    total_bytes_ += grown;
    return grown;
}

std::uint64_t CoreResidency::remove(const Partition& cores, std::span<const std::uint32_t> groups,
                                    Interval interval) {
    if (interval.begin >= interval.end) return 0;
    follow(cores);
    std::uint64_t shrunk = 0;
    bool fullest_shrank = false;
    for (const std::uint32_t number : groups) {
        Core& core = cores_[number];
        boundaries_ -= core.boundaries.size();
        std::uint64_t bytes = 0;
        change(core.boundaries, interval, Step::remove,
               [&](Interval part) { bytes += free_bytes(lockstep_.boundaries, part); });
        boundaries_ += core.boundaries.size();
        fullest_shrank = fullest_shrank || (bytes > 0 && core.bytes == fullest_);
        core.bytes -= bytes;
        shrunk += bytes * cores.groups()[number].members.size();
    }
    total_bytes_ -= shrunk;
    if (fullest_shrank) find_fullest();
    return shrunk;
}

std::uint64_t CoreResidency::change_in_lockstep(const Partition& cores, Interval interval,
                                                Step step) {
    if (interval.begin >= interval.end) return 0;
    follow(cores);
    std::uint64_t hidden = 0;
    change(lockstep_.boundaries, interval, step, [&](Interval part) {
        const std::uint64_t length = part.end - part.begin;
        lockstep_.bytes += step == Step::add ? length : std::uint64_t{0} - length;
        for (std::size_t i = 0; i < cores_.size(); ++i) {
            Core& core = cores_[i];
            if (core.boundaries.empty()) continue;
            const std::uint64_t under = length - free_bytes(core.boundaries, part);
            core.bytes += step == Step::add ? std::uint64_t{0} - under : under;
            hidden += under * cores.groups()[i].members.size();
        }
    });
    total_bytes_ += step == Step::add ? std::uint64_t{0} - hidden : hidden;
    if (hidden > 0) find_fullest();
    return hidden;
}

std::uint64_t CoreResidency::add_in_lockstep(const Partition& cores, Interval interval) {
    return change_in_lockstep(cores, interval, Step::add);
}

std::uint64_t CoreResidency::remove_in_lockstep(const Partition& cores, Interval interval) {
    return change_in_lockstep(cores, interval, Step::remove);
}

std::optional<std::size_t> CoreResidency::fullest_core() const {
    if (fullest_ == 0) return std::nullopt;
    const auto fullest = std::find_if(cores_.begin(), cores_.end(),
                                      [this](const Core& core) { return core.bytes == fullest_; });
    return static_cast<std::size_t>(fullest - cores_.begin());
}

void CoreResidency::find_fullest() {
    fullest_ = 0;
    for (const Core& core : cores_) fullest_ = std::max(fullest_, core.bytes);
}

}  // namespace plimsoll::ledger
