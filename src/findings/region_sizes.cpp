#include "findings/region_sizes.hpp"

#include <algorithm>

namespace plimsoll::findings {

std::optional<RegionSetting> setting_of(Region region) {
    if (region == Region::l1_small) return RegionSetting{"l1_small_size", true};
    if (region == Region::trace) return RegionSetting{"trace_region_size", false};
    return {};
}

std::uint64_t setting_value(const RegionSetting& setting, std::uint64_t bytes_per_bank,
                            std::uint64_t banks) {
    return bytes_per_bank * (setting.per_bank ? 1 : std::max<std::uint64_t>(banks, 1));
}

// An allocator fills its region from one end, so the addresses that were ever used lie together:
// the same program in a region of that size is given the same places.
std::vector<RegionSize> region_sizes(const ledger::DeviceUse& device) {
    std::vector<RegionSize> sizes;
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        const auto setting = setting_of(region);
        if (!setting || use.span == 0 || use.bank.banks == 0) continue;
        const std::uint64_t enough = setting_value(*setting, use.span, use.bank.banks);
        const std::uint64_t given =
            setting_value(*setting, use.bank.bytes_per_bank, use.bank.banks);
        sizes.push_back({*setting, given, enough});
    }
    return sizes;
}

}  // namespace plimsoll::findings
