#include "ledger/device_story.hpp"

namespace plimsoll::ledger {

namespace {

void raise(Peak& peak, std::uint64_t bytes, const KindCounts& counts) {
    if (bytes > peak.bytes) peak = {bytes, counts};
}

}  // namespace

std::uint64_t DeviceStory::add(const Footprint& footprint, std::span<const std::uint16_t> cores) {
    if (footprint.bytes == 0) return 0;
    const auto region = static_cast<std::size_t>(footprint.region);
    KindCounts& counts = counts_[region];
    ++counts[static_cast<std::size_t>(footprint.kind)];
    const std::uint64_t grown =
        footprint.resident ? residency_.add(cores, footprint.interval) : footprint.bytes;
    live_[region] += grown;
    raise(peaks_.regions[region], live_[region], counts);
    if (footprint.region == Region::l1) {
        lockstep_ += footprint.lockstep;
        raise(peaks_.l1_per_core, l1_per_core(), counts);
    }
    return grown;
}

std::uint64_t DeviceStory::remove(const Footprint& footprint,
                                  std::span<const std::uint16_t> cores) {
    if (footprint.bytes == 0) return 0;
    const auto region = static_cast<std::size_t>(footprint.region);
    --counts_[region][static_cast<std::size_t>(footprint.kind)];
    const std::uint64_t shrunk =
        footprint.resident ? residency_.remove(cores, footprint.interval) : footprint.bytes;
    live_[region] -= shrunk;
    lockstep_ -= footprint.lockstep;
    return shrunk;
}

void DeviceStory::restart(const DevicePeaks& peaks) {
    *this = {};
    peaks_ = peaks;
}

}  // namespace plimsoll::ledger
