#include "ledger/holdings.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "ledger/footprint.hpp"

namespace plimsoll::ledger {
namespace {

using Place = std::pair<Region, Kind>;

// What each allocator, which is a set of devices, gave.
struct OfSet {
    std::map<Place, std::uint64_t> requested;  // on one device
    std::array<std::vector<Interval>, kRegionCount> taken;
};

std::vector<OfSet> by_set(const Tables& tables, const HeldTable& live) {
    std::vector<OfSet> sets(tables.sets.size());
    live.for_each([&sets](const Held& held) {
        const Footprint& footprint = held.footprint;
        if (footprint.set.value >= sets.size() || held.share.devices == 0) return;
        OfSet& set = sets[footprint.set.value];
        set.requested[{footprint.region, footprint.kind}] += held.share.bytes / held.share.devices;
        if (footprint.bytes == 0 || shares_space(footprint.kind, footprint.region)) return;
        set.taken[static_cast<std::size_t>(footprint.region)].push_back(footprint.interval);
    });
    return sets;
}

bool has(const DeviceSet& set, std::uint32_t device) {
    return std::find(set.devices.begin(), set.devices.end(), device) != set.devices.end();
}

std::optional<std::uint64_t> largest_hole(const RegionInfo& bank, std::vector<Interval> taken) {
    if (bank.banks == 0 || bank.base == 0) return {};
    std::sort(taken.begin(), taken.end(),
              [](const Interval& a, const Interval& b) { return a.begin < b.begin; });
    const std::uint64_t end = bank.base + bank.bytes_per_bank;
    std::uint64_t free_from = bank.base;
    std::uint64_t largest = 0;
    for (const Interval& one : taken) {
        if (one.begin < bank.base || one.end > end) return {};  // not of this bank
        if (one.begin > free_from) largest = std::max(largest, one.begin - free_from);
        free_from = std::max(free_from, one.end);
    }
    return std::max(largest, end - free_from);
}

void add_kinds(const Tables& tables, const Look& look, std::uint32_t device,
               std::map<Place, KindHolding>& kinds) {
    for (const Cell& cell : look.cells) {
        if (cell.live == 0 || cell.set.value >= tables.sets.size()) continue;
        if (!has(tables.sets[cell.set.value], device)) continue;
        KindHolding& kind = kinds[{cell.region, cell.kind}];
        kind.region = cell.region;
        kind.kind = cell.kind;
        kind.live += cell.live;
        if (cell.kind != Kind::global_circular_buffer) kind.bytes += cell.live_bytes;
    }
}

// Devices in the same sets hold the same: what it takes to tell is done once.
struct Shared {
    std::vector<std::size_t> sets;
    std::array<RegionInfo, kRegionCount> banks;
    std::array<std::optional<std::uint64_t>, kRegionCount> largest_free;
};

bool alike(const Device& device, const Shared& shared) {
    return std::equal(device.regions.begin(), device.regions.end(), shared.banks.begin(),
                      [](const RegionInfo& a, const RegionInfo& b) {
                          return a.banks == b.banks && a.bytes_per_bank == b.bytes_per_bank &&
                                 a.base == b.base;
                      });
}

const Shared& largest_free(const std::vector<OfSet>& sets, std::vector<std::size_t> its,
                           const Device& device, std::vector<Shared>& known) {
    for (const Shared& one : known) {
        if (one.sets == its && alike(device, one)) return one;
    }
    Shared& shared = known.emplace_back();
    shared.banks = device.regions;
    for (std::size_t region = 0; region < kRegionCount; ++region) {
        std::vector<Interval> taken;
        for (const std::size_t set : its) {
            const std::vector<Interval>& more = sets[set].taken[region];
            taken.insert(taken.end(), more.begin(), more.end());
        }
        shared.largest_free[region] = largest_hole(device.regions[region], std::move(taken));
    }
    shared.sets = std::move(its);
    return shared;
}

}  // namespace

std::vector<DeviceHoldings> holdings(const Tables& tables, const Look& look, const HeldTable& live,
                                     bool has_gap) {
    const std::vector<OfSet> sets = has_gap ? std::vector<OfSet>{} : by_set(tables, live);
    std::vector<Shared> known;
    std::vector<DeviceHoldings> all;
    for (std::uint32_t i = 0; i < tables.devices.size(); ++i) {
        if (!tables.devices[i].open) continue;
        DeviceHoldings& device = all.emplace_back();
        device.device = tables.devices[i].device;
        std::map<Place, KindHolding> kinds;
        add_kinds(tables, look, i, kinds);
        std::vector<std::size_t> its;
        for (std::size_t set = 0; set < sets.size(); ++set) {
            if (has(tables.sets[set], i)) its.push_back(set);
        }
        for (auto& [place, kind] : kinds) {
            if (!has_gap) kind.requested = 0;
            for (const std::size_t set : its) {
                const auto requested = sets[set].requested.find(place);
                if (requested != sets[set].requested.end()) *kind.requested += requested->second;
            }
            device.kinds.push_back(kind);
        }
        if (!has_gap) {
            device.largest_free =
                largest_free(sets, std::move(its), tables.devices[i], known).largest_free;
        }
    }
    return all;
}

}  // namespace plimsoll::ledger
