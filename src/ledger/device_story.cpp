#include "ledger/device_story.hpp"

namespace plimsoll::ledger {

namespace {

void raise(Peak& peak, std::uint64_t bytes, const KindCounts& counts) {
    if (bytes > peak.bytes) peak = {bytes, counts};
}

std::int64_t signed_of(std::uint64_t bytes) { return static_cast<std::int64_t>(bytes); }

}  // namespace

std::int64_t DeviceStory::add(const Footprint& footprint, std::span<const std::uint16_t> cores) {
    if (footprint.bytes == 0) return 0;
    ++counts_[static_cast<std::size_t>(footprint.region)][static_cast<std::size_t>(footprint.kind)];
    if (footprint.resident) {
        return change(footprint, signed_of(residency_.add(cores, footprint.interval)));
    }
    const std::uint64_t hidden =
        footprint.lockstep ? residency_.add_in_lockstep(footprint.interval) : 0;
    return change(footprint, signed_of(footprint.bytes) - signed_of(hidden));
}

std::int64_t DeviceStory::remove(const Footprint& footprint, std::span<const std::uint16_t> cores) {
    if (footprint.bytes == 0) return 0;
    --counts_[static_cast<std::size_t>(footprint.region)][static_cast<std::size_t>(footprint.kind)];
    if (footprint.resident) {
        return change(footprint, -signed_of(residency_.remove(cores, footprint.interval)));
    }
    const std::uint64_t shown =
        footprint.lockstep ? residency_.remove_in_lockstep(footprint.interval) : 0;
    return change(footprint, signed_of(shown) - signed_of(footprint.bytes));
}

// Also what goes may raise a sum, where it lay over more cores than its own banks.
std::int64_t DeviceStory::change(const Footprint& footprint, std::int64_t bytes) {
    const auto region = static_cast<std::size_t>(footprint.region);
    live_[region] += static_cast<std::uint64_t>(bytes);
    raise(peaks_.regions[region], live_[region], counts_[region]);
    if (footprint.region == Region::l1) {
        raise(peaks_.l1_per_core, l1_per_core(), counts_[region]);
    }
    return bytes;
}

void DeviceStory::restart(const DevicePeaks& peaks) {
    *this = {};
    peaks_ = peaks;
}

}  // namespace plimsoll::ledger
