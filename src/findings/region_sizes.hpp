#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

// The regions that a program sets aside when it opens a device.
namespace plimsoll::findings {

// What the program says at open. The runtime spreads a trace region over the banks (early releases
// take it for each bank: then it is more than enough).
struct RegionSetting {
    const char* name;  // of ttnn.open_device()
    bool per_bank;
};
std::optional<RegionSetting> setting_of(Region region);

// `bytes_per_bank` as the setting says them.
std::uint64_t setting_value(const RegionSetting& setting, std::uint64_t bytes_per_bank,
                            std::uint64_t banks);

// A region that was used: how the program set its size, and the least setting that would have done.
struct RegionSize {
    RegionSetting setting;
    std::uint64_t given;
    std::uint64_t enough;
};
std::vector<RegionSize> region_sizes(const ledger::DeviceUse& device);

}  // namespace plimsoll::findings
