#include "ledger/core_residency.hpp"

#include <algorithm>

namespace plimsoll::ledger {

bool CoreResidency::has_room(std::span<const std::uint16_t> cores) const {
    if (boundaries_ + 2 * cores.size() > kMaxBoundaries) return false;
    return std::all_of(cores.begin(), cores.end(), [this](std::uint16_t core) {
        return core >= cores_.size() || cores_[core].boundaries.size() + 2 <= kMaxBoundariesPerCore;
    });
}

// The place of the boundary at `address`, which is made when there is none.
std::size_t CoreResidency::split(std::vector<Boundary>& boundaries, std::uint64_t address) {
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

std::uint64_t CoreResidency::change(Core& core, Interval interval, Step step) {
    std::vector<Boundary>& boundaries = core.boundaries;
    const std::size_t first = split(boundaries, interval.begin);
    const std::size_t last = split(boundaries, interval.end);
    std::uint64_t changed = 0;
    for (std::size_t i = first; i < last; ++i) {
        std::uint64_t& cover = boundaries[i].cover;
        const std::uint64_t length = boundaries[i + 1].address - boundaries[i].address;
        if (step == Step::add) {
            if (cover++ == 0) changed += length;
        } else if (cover > 0 && --cover == 0) {
            changed += length;
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
    return changed;
}

std::uint64_t CoreResidency::add(std::span<const std::uint16_t> cores, Interval interval) {
    if (interval.begin >= interval.end) return 0;
    std::uint64_t grown = 0;
    for (const std::uint16_t number : cores) {
        if (number >= cores_.size()) cores_.resize(number + std::size_t{1});
        Core& core = cores_[number];
        boundaries_ -= core.boundaries.size();
        const std::uint64_t bytes = change(core, interval, Step::add);
        boundaries_ += core.boundaries.size();
        core.bytes += bytes;
        grown += bytes;
        fullest_ = std::max(fullest_, core.bytes);
    }
    total_bytes_ += grown;
    return grown;
}

std::uint64_t CoreResidency::remove(std::span<const std::uint16_t> cores, Interval interval) {
    if (interval.begin >= interval.end) return 0;
    std::uint64_t shrunk = 0;
    bool fullest_shrank = false;
    for (const std::uint16_t number : cores) {
        if (number >= cores_.size()) continue;
        Core& core = cores_[number];
        boundaries_ -= core.boundaries.size();
        const std::uint64_t bytes = change(core, interval, Step::remove);
        boundaries_ += core.boundaries.size();
        fullest_shrank = fullest_shrank || (bytes > 0 && core.bytes == fullest_);
        core.bytes -= bytes;
        shrunk += bytes;
    }
    total_bytes_ -= shrunk;
    if (fullest_shrank) find_fullest();
    return shrunk;
}

void CoreResidency::find_fullest() {
    fullest_ = 0;
    for (const Core& core : cores_) fullest_ = std::max(fullest_, core.bytes);
}

}  // namespace plimsoll::ledger
