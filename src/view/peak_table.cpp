#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/device_rows.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

constexpr std::size_t kMaxShares = 5;
constexpr std::size_t kLabelColumns = 20;

// "8 circular buffers of softmax", "2 buffers", "1 buffer of the runtime".
std::string what(const ledger::PeakShare& share, std::size_t columns) {
    const std::string counted = findings::counted(share.count, findings::noun(share.kind));
    switch (share.owner) {
        case Owner::user:
            return counted;
        case Owner::program:
            if (share.program.empty()) return counted;
            return counted + " of " + cut(share.program, columns);
        case Owner::runtime:
            return counted + " of the runtime";
        case Owner::unknown:
            break;
    }
    return counted + " of nobody known";
}

std::string made_at(const ledger::PeakShare& share) {
    const std::string place = findings::call_path_text(share.call_site, 2);
    return place.empty() ? "a place not known" : place;
}

std::string percent_text(std::uint64_t bytes, std::uint64_t of) {
    return fmt::format("{:.0f} %", 100.0 * static_cast<double>(bytes) / static_cast<double>(of));
}

void print_peak(Page& page, const std::string& where, const ledger::RegionPeak& use) {
    if (use.at_peak.empty()) return;
    const std::string head = fmt::format("  at the peak of {}, {}", where, figure_text(use.peak));
    if (use.at_peak.size() == 1) {
        const ledger::PeakShare& all = use.at_peak.front();
        page.paragraph(fmt::format("{}: {}, {}", head, what(all, kColumns), made_at(all)), 4);
        page.blank();
        return;
    }
    page.line(head);
    Table table({Align::right, Align::right, Align::left, Align::left});
    table.add({"bytes", "share", "what", "made at"});
    const std::size_t shown = std::min(use.at_peak.size(), kMaxShares);
    for (std::size_t i = 0; i < shown; ++i) {
        const ledger::PeakShare& share = use.at_peak[i];
        table.add({findings::bytes_text(share.bytes), percent_text(share.bytes, use.peak.value),
                   what(share, kLabelColumns), made_at(share)});
    }
    table.print(page, 4);
    if (use.at_peak.size() > shown) page.line("    " + and_more(use.at_peak.size() - shown));
    if (use.overlap > 0) {
        page.line(fmt::format("    {} less than their sum: some lie over each other",
                              findings::bytes_text(use.overlap)),
                  Look::faint);
    }
    page.blank();
}

template <class Device, class Peak>
const Device* highest(const std::vector<Device>& devices, Peak peak) {
    const auto found =
        std::max_element(devices.begin(), devices.end(), [peak](const auto& a, const auto& b) {
            return peak(a).peak.value < peak(b).peak.value;
        });
    return found == devices.end() ? nullptr : &*found;
}

constexpr auto dram = [](const auto& device) -> const ledger::RegionPeak& {
    return device.regions[static_cast<std::size_t>(Region::dram)];
};
constexpr auto l1_per_core = [](const auto& device) -> const ledger::RegionPeak& {
    return device.l1_per_core;
};

template <class Peak>
void print_highest(Page& page, const ledger::Snapshot& snapshot, const char* region, Peak peak) {
    const ledger::DeviceUse* device = highest(snapshot.devices, peak);
    if (device == nullptr) return;
    const bool several = snapshot.devices.size() > 1;
    print_peak(page, several ? fmt::format("{} of device {}", region, device->device) : region,
               peak(*device));
}

template <class Peak>
void add_window(Table& table, std::string name, const ledger::WindowUse& window, const char* region,
                Peak peak) {
    const ledger::WindowDevice* device = highest(window.devices, peak);
    if (device == nullptr) return;
    const bool several = window.devices.size() > 1;
    table.add({std::move(name),
               several ? fmt::format("{} of device {}", region, device->device) : region,
               figure_text(peak(*device).peak), made_of(peak(*device))});
}

}  // namespace

void print_windows(Page& page, const ledger::Snapshot& snapshot) {
    Table table({Align::left, Align::left, Align::right, Align::left});
    table.add({"window", "region", "peak", "made of, at the peak"});
    std::size_t windows = 0;
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::WindowUse& window : process.windows) {
            if (++windows > kMaxScreenRows) continue;
            const std::string times =
                window.times > 1 ? fmt::format(" ({} times)", window.times) : "";
            add_window(table, window.name + times, window, "DRAM", dram);
            add_window(table, "", window, "L1/core", l1_per_core);
        }
    }
    if (windows == 0) return;
    table.print(page, 2);
    if (windows > kMaxScreenRows) page.line("  " + and_more(windows - kMaxScreenRows));
    page.blank();
}

void print_peaks(Page& page, const ledger::Snapshot& snapshot) {
    print_highest(page, snapshot, "DRAM", dram);
    print_highest(page, snapshot, "L1/core", l1_per_core);
}

}  // namespace plimsoll::view
