#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "ledger/core_residency.hpp"
#include "ledger/footprint.hpp"

namespace plimsoll::ledger {

using KindCounts = std::array<std::uint32_t, kKindCount>;

// A highest value, and how many allocations of each kind there were at that moment.
struct Peak {
    std::uint64_t bytes = 0;
    KindCounts counts{};
};

struct DevicePeaks {
    std::array<Peak, kRegionCount> regions{};
    Peak l1_per_core;
};

// What one device holds, and the most it ever held. Costs the same however much is live: bytes
// and counts are kept, allocations are not.
class DeviceStory {
  public:
    // `cores` are those of a resident footprint. Both return by how much the device's bytes
    // changed: what comes to lie over others adds less than its own bytes. Only what was added may
    // be removed.
    std::int64_t add(const Footprint& footprint, std::span<const std::uint16_t> cores);
    std::int64_t remove(const Footprint& footprint, std::span<const std::uint16_t> cores);

    [[nodiscard]] std::uint64_t live_bytes(Region region) const {
        return live_[static_cast<std::size_t>(region)];
    }
    [[nodiscard]] const KindCounts& live_counts(Region region) const {
        return counts_[static_cast<std::size_t>(region)];
    }
    [[nodiscard]] std::uint64_t l1_per_core() const { return residency_.fullest_core_bytes(); }
    [[nodiscard]] const DevicePeaks& peaks() const { return peaks_; }
    [[nodiscard]] const CoreResidency& residency() const { return residency_; }

    // Nothing is live any more, and the peaks are `peaks`.
    void restart(const DevicePeaks& peaks);

  private:
    std::int64_t change(const Footprint& footprint, std::int64_t bytes);

    std::array<std::uint64_t, kRegionCount> live_{};
    std::array<KindCounts, kRegionCount> counts_{};
    CoreResidency residency_;
    DevicePeaks peaks_;
};

}  // namespace plimsoll::ledger
