#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "ledger/core_sets.hpp"
#include "ledger/device_groups.hpp"
#include "ledger/device_story.hpp"
#include "ledger/footprint.hpp"
#include "ledger/input.hpp"

namespace plimsoll::ledger {

// A sum over devices: now, the most it ever was, and the most it was as far as that is certain.
struct Sum {
    std::uint64_t live = 0;
    std::uint64_t peak = 0;
    std::uint64_t certain_peak = 0;
};

// What all devices of one process hold, step by step.
//
// Certain peaks are those of keep_peaks(): a caller that is about to lose sight of some steps
// keeps what was known until then, because what comes after may be too much as well as too little.
class Occupancy {
  public:
    // Returns what was counted; remove() wants the same again.
    Footprint add(const Tables& tables, const Allocation& allocation);
    void remove(const Tables& tables, const Footprint& footprint);

    void keep_peaks();
    // Nothing is live any more, and only the certain peaks remain.
    void restart();

    // Null: nothing was ever allocated on that device.
    [[nodiscard]] const DeviceStory* device(std::uint32_t index) const;
    [[nodiscard]] const DevicePeaks* certain_peaks(std::uint32_t index) const;
    // Bytes of a kind are registered bytes: each allocation's own, also where space is shared.
    [[nodiscard]] const Sum& of(Kind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] const Sum& total() const { return total_; }
    // Allocations or cores that a limit kept out of the figures.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_ + core_sets_.left_out(); }

  private:
    struct GroupStory {
        DeviceStory story;
        DevicePeaks certain;
    };

    std::span<const std::uint32_t> groups_of(const Tables& tables, DeviceSetId set);
    [[nodiscard]] bool has_room(const Footprint& footprint, std::span<const std::uint16_t> cores,
                                std::span<const std::uint32_t> groups) const;
    [[nodiscard]] std::uint64_t devices_in(std::uint32_t group) const {
        return groups_.groups()[group].devices.size();
    }

    CoreSets core_sets_;
    DeviceGroups groups_;
    std::vector<GroupStory> stories_;  // one per group
    std::array<Sum, kKindCount> kinds_{};
    Sum total_;
    std::uint64_t left_out_ = 0;
};

}  // namespace plimsoll::ledger
