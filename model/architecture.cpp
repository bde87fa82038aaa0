#include "model/architecture.hpp"

namespace plimsoll::model {
namespace {

constexpr std::array<Architecture, kArchCount> kArchitectures = {{
    {Arch::wormhole_b0, "wormhole_b0", 32, 32},
    {Arch::blackhole, "blackhole", 64, 64},
}};

constexpr std::array<DeviceAddr, kArchCount> kEarlyDramBase = {32, 64};
constexpr std::array<DeviceAddr, kArchCount> kDramBase = {(1u << 20) + 64, (1u << 20) + 128};

constexpr Defects kEarly = Defect::program_forgets_circular_buffers | Defect::mesh_reports_once |
                           Defect::cache_not_cleared_at_close;
constexpr Defects kLater = Defect::cache_not_cleared_at_close;

constexpr std::array<Release, 4> kReleases = {{
    {"0.66.0",
     {103552, 105280},
     kEarlyDramBase,
     TraceRegion::all_in_each_bank,
     GlobalEvents::none,
     CoreText::coordinates,
     RefusalText::figures,
     Caching::before_placing,
     kEarly},
    {"0.75.0",
     {105536, 111360},
     kDramBase,
     TraceRegion::split_over_banks,
     GlobalEvents::beside_local_ones,
     CoreText::dashes,
     RefusalText::figures,
     Caching::before_placing,
     kLater},
    {"0.80.0",
     {105696, 111616},
     kDramBase,
     TraceRegion::split_over_banks,
     GlobalEvents::beside_local_ones,
     CoreText::dashes,
     RefusalText::figures,
     Caching::after_placing,
     kLater},
    {"0.81.1",
     {105824, 111744},
     kDramBase,
     TraceRegion::split_over_banks,
     GlobalEvents::beside_local_ones,
     CoreText::dashes,
     RefusalText::advice,
     Caching::after_placing,
     kLater},
}};

}  // namespace

const Architecture& architecture_of(const machines::Machine& machine) {
    for (const Architecture& architecture : kArchitectures) {
        if (machine.arch == std::string_view(architecture.name)) return architecture;
    }
    return kArchitectures.front();
}

std::span<const Release> releases() { return kReleases; }

const Release* find_release(std::string_view name) {
    for (const Release& release : kReleases) {
        if (name == release.name) return &release;
    }
    return nullptr;
}

}  // namespace plimsoll::model
