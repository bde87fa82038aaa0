#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::view {

// Devices with the same figures, which are shown as one.
struct AlikeDevices {
    const ledger::DeviceUse* first;
    std::vector<std::int32_t> devices;

    // "0"; "8, alike" when they are all there are; "0..3, alike".
    [[nodiscard]] std::string label(bool are_all) const;
};
std::vector<AlikeDevices> alike_devices(const std::vector<ledger::DeviceUse>& devices);

// "2 buffers, 8 circular buffers of softmax"; empty when it is not known.
std::string made_of(const ledger::RegionPeak& use);

// One line of a device: DRAM and L1 always, the small regions when they were ever used.
struct RegionRow {
    std::string region;  // L1 as its fullest core, which is what an op must fit beside
    std::string live, peak, capacity;
    std::string share;    // of the capacity that is live: "25 %", "<1 %", "-" when not known
    std::string at_peak;  // what it was made of
};
std::vector<RegionRow> region_rows(const ledger::DeviceUse& device);

}  // namespace plimsoll::view
