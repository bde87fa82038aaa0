#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/sections.hpp"
#include "view/table.hpp"

namespace plimsoll::view {
namespace {

bool same(const ledger::Figure& a, const ledger::Figure& b) {
    return a.value == b.value && a.coverage == b.coverage;
}

std::string made_of(const ledger::RegionUse& use) {
    std::string text;
    bool shares = false;
    for (const ledger::Composition& part : use.at_peak) {
        if (!text.empty()) text += ", ";
        text += findings::counted(part.count, findings::noun(part.kind));
        if (!part.program.empty()) text += " of " + part.program;
        shares = shares || part.kind == Kind::circular_buffer || part.kind == Kind::dataflow_buffer;
    }
    return shares ? text + ", sharing space" : text;
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

constexpr std::string_view kPerCore = "L1/core";

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

bool any_at_least(const ledger::Snapshot& snapshot) {
    const auto at_least = [](const ledger::RegionUse& use) {
        return use.live.coverage == Coverage::at_least || use.peak.coverage == Coverage::at_least;
    };
    for (const ledger::DeviceUse& device : snapshot.devices) {
        if (at_least(device.l1_per_core)) return true;
        if (std::any_of(device.regions.begin(), device.regions.end(), at_least)) return true;
    }
    return false;
}

struct Group {
    const ledger::DeviceUse* first;
    std::vector<std::int32_t> devices;
};

std::vector<Group> grouped(const ledger::Snapshot& snapshot) {
    std::vector<Group> groups;
    for (const ledger::DeviceUse& device : snapshot.devices) {
        Group* known = nullptr;
        for (Group& group : groups) {
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

std::string label(const Group& group, std::size_t groups) {
    if (group.devices.size() == 1) return std::to_string(group.devices.front());
    if (groups == 1) return fmt::format("{}, alike", group.devices.size());
    return findings::numbers_text(group.devices) + ", alike";
}

void add_rows(Table& table, const Group& group, std::size_t groups) {
    std::string who = label(group, groups);
    const auto add = [&](std::string_view region, const ledger::RegionUse& use) {
        const auto text = region == kPerCore ? per_core_text : figure_text;
        table.add({who, std::string(region), text(use.live), text(use.peak), text(use.capacity),
                   made_of(use)});
        who.clear();
    };
    for (const Region region : kRegions) {
        const ledger::RegionUse& use = group.first->regions[static_cast<std::size_t>(region)];
        if (region == Region::l1) {
            add(kPerCore, group.first->l1_per_core);
        } else if (region == Region::dram || use.live.value > 0 || use.peak.value > 0) {
            add(findings::title(region), use);
        }
    }
}

}  // namespace

std::string figure_text(const ledger::Figure& figure) {
    if (figure.coverage == Coverage::unknown) return "-";
    return (figure.coverage == Coverage::at_least ? "≥ " : "") + findings::bytes_text(figure.value);
}

void print_devices(Page& page, const ledger::Snapshot& snapshot) {
    if (snapshot.devices.empty()) return;
    constexpr std::size_t kMaxGroups = 8;
    const std::vector<Group> groups = grouped(snapshot);
    Table table({Align::left, Align::left, Align::right, Align::right, Align::right, Align::left});
    table.add({"device", "region", any_running(snapshot) ? "live" : "left", "peak", "of",
               "made of, at the peak"});
    std::size_t unshown = snapshot.devices.size();
    for (std::size_t i = 0; i < groups.size() && i < kMaxGroups; ++i) {
        add_rows(table, groups[i], groups.size());
        unshown -= groups[i].devices.size();
    }
    table.print(page, 2);
    if (unshown > 0) page.line("  " + and_more(unshown));
    page.line("  of: what the runtime's allocator can give; L1/core: bytes per bank, fullest core",
              Look::faint);
    if (any_at_least(snapshot)) {
        const bool together = snapshot.processes.size() > 1 && snapshot.totals.events.lost == 0;
        page.line(together ? "  ≥: the most of one process; together they may have held more"
                           : "  ≥: at least that much; a part of the history was not seen",
                  Look::faint);
    }
    page.blank();
}

}  // namespace plimsoll::view
