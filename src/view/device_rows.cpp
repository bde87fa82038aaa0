#include "view/device_rows.hpp"

#include <fmt/format.h>

#include "findings/words.hpp"
#include "view/sections.hpp"

namespace plimsoll::view {
namespace {

// "8 circular buffers of softmax": of a program that all of the kind belong to.
std::string part_text(const ledger::RegionPeak& use, Kind kind) {
    std::uint64_t count = 0;
    const std::string* program = nullptr;
    bool of_one = true;
    for (const ledger::PeakShare& share : use.at_peak) {
        if (share.kind != kind) continue;
        count += share.count;
        of_one = of_one && (program == nullptr || *program == share.program);
        program = &share.program;
    }
    if (count == 0) return {};
    const std::string text = findings::counted(count, findings::noun(kind));
    return of_one && !program->empty() ? text + " of " + *program : text;
}

bool same(const ledger::Figure& a, const ledger::Figure& b) {
    return a.value == b.value && a.coverage == b.coverage;
}

bool same(const ledger::RegionUse& a, const ledger::RegionUse& b) {
    return same(a.live, b.live) && same(a.peak, b.peak) && same(a.capacity, b.capacity) &&
           made_of(a) == made_of(b);
}

bool alike(const ledger::DeviceUse& a, const ledger::DeviceUse& b) {
    if (a.arch != b.arch || !same(a.l1_per_core, b.l1_per_core)) return false;
    for (std::size_t i = 0; i < kRegionCount; ++i) {
        if (!same(a.regions[i], b.regions[i])) return false;
    }
    return true;
}

// A core's L1 is about a MiB: its figures compare better in KiB.
std::string per_core_text(const ledger::Figure& figure) {
    constexpr std::uint64_t kKiB = 1024;
    if (figure.coverage == Coverage::unknown || figure.value < 10000 ||
        figure.value >= 10 * kKiB * kKiB) {
        return figure_text(figure);
    }
    return fmt::format("{}{:.1f} KiB", figure.coverage == Coverage::at_least ? "≥ " : "",
                       static_cast<double>(figure.value) / kKiB);
}

std::string share(const ledger::RegionUse& use) {
    const bool known = use.live.coverage != Coverage::unknown &&
                       use.capacity.coverage != Coverage::unknown && use.capacity.value > 0;
    if (!known) return "-";
    const double percent =
        100.0 * static_cast<double>(use.live.value) / static_cast<double>(use.capacity.value);
    if (use.live.value > 0 && percent < 1) return "<1 %";
    return fmt::format("{:.0f} %", percent);
}

RegionRow row(std::string region, const ledger::RegionUse& use,
              std::string (*text)(const ledger::Figure&)) {
    return {std::move(region),  text(use.live), text(use.peak),
            text(use.capacity), share(use),     made_of(use)};
}

}  // namespace

std::string made_of(const ledger::RegionPeak& use) {
    std::string text;
    for (std::size_t kind = 0; kind < kKindCount; ++kind) {
        const std::string part = part_text(use, static_cast<Kind>(kind));
        if (part.empty()) continue;
        if (!text.empty()) text += ", ";
        text += part;
    }
    return text;
}

std::string AlikeDevices::label(bool are_all) const {
    if (devices.size() == 1) return std::to_string(devices.front());
    if (are_all) return fmt::format("{}, alike", devices.size());
    return findings::numbers_text(devices) + ", alike";
}

std::vector<AlikeDevices> alike_devices(const std::vector<ledger::DeviceUse>& devices) {
    std::vector<AlikeDevices> groups;
    for (const ledger::DeviceUse& device : devices) {
        AlikeDevices* known = nullptr;
        for (AlikeDevices& group : groups) {
            if (alike(*group.first, device)) known = &group;
        }
        if (known == nullptr) {
            groups.push_back({&device, {device.device}});
        } else {
            known->devices.push_back(device.device);
        }
    }
    return groups;
}

std::vector<RegionRow> region_rows(const ledger::DeviceUse& device) {
    std::vector<RegionRow> rows;
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        if (region == Region::l1) {
            rows.push_back(row("L1/core", device.l1_per_core, per_core_text));
        } else if (region == Region::dram || use.live.value > 0 || use.peak.value > 0) {
            rows.push_back(row(std::string(findings::title(region)), use, figure_text));
        }
    }
    return rows;
}

}  // namespace plimsoll::view
