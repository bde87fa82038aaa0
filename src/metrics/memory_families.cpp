#include <algorithm>
#include <map>
#include <optional>

#include "ledger/merge.hpp"
#include "metrics/families.hpp"
#include "metrics/labels.hpp"

namespace plimsoll::metrics {
namespace {

using ledger::DeviceUse;
using ledger::RegionUse;

Family bytes(const char* name, const char* help) {
    return {name, Family::Type::gauge, help, "bytes"};
}

struct OfRegions {
    Family live = bytes("plimsoll_memory_live_bytes",
                        "Occupied by what is allocated, padding and all banks included.");
    Family capacity = bytes("plimsoll_memory_capacity_bytes",
                            "What the runtime's allocator can give, in all banks.");
    Family peak = bytes("plimsoll_memory_peak_bytes",
                        "The most that was occupied at once since the last scrape.");
    Family largest_free = bytes("plimsoll_memory_largest_free_block_bytes",
                                "The largest piece that is free in each bank.");
    Family banks{"plimsoll_memory_banks", Family::Type::gauge, "Banks of a region."};
};

struct OfCores {
    Family live = bytes("plimsoll_l1_core_live_bytes",
                        "Occupied in L1 of the fullest core, resident circular buffers included.");
    Family capacity =
        bytes("plimsoll_l1_core_capacity_bytes", "What the allocator can give in L1 of one core.");
    Family peak = bytes("plimsoll_l1_core_peak_bytes",
                        "The most that was occupied in L1 of one core since the last scrape.");
};

void add(Family& to, Labels labels, const ledger::Figure& figure) {
    if (figure.coverage == Coverage::unknown) return;
    to.samples.push_back({std::move(labels), figure.value});
}

// Allocators of several processes do not know of each other: the smallest piece is certain.
using Pieces = std::array<std::optional<std::uint64_t>, kRegionCount>;
std::map<std::int32_t, Pieces> largest_free_pieces(const Scene& scene) {
    std::map<std::int32_t, Pieces> pieces;
    for (const Process& process : scene.running) {
        for (const ledger::DeviceHoldings& device : process.holdings) {
            const auto [at, is_new] = pieces.try_emplace(device.device, device.largest_free);
            for (std::size_t i = 0; i < kRegionCount && !is_new; ++i) {
                const std::optional<std::uint64_t>& other = device.largest_free[i];
                std::optional<std::uint64_t>& least = at->second[i];
                least = least && other ? std::optional(std::min(*least, *other)) : std::nullopt;
            }
        }
    }
    return pieces;
}

void add_device(OfRegions& to, const DeviceUse& device, const Pieces& pieces) {
    for (const Region region : kRegions) {
        const auto i = static_cast<std::size_t>(region);
        const RegionUse& use = device.regions[i];
        if (!is_there(use)) continue;
        const Labels labels = labels_of(device.device, device.arch, region);
        add(to.live, labels, use.live);
        add(to.capacity, labels, use.capacity);
        if (pieces[i]) to.largest_free.samples.push_back({labels, *pieces[i]});
        if (use.bank.banks != 0) to.banks.samples.push_back({labels, use.bank.banks});
    }
}

void add_maximum(OfRegions& to, OfCores& cores, const DeviceMaximum& most, bool is_open) {
    for (const Region region : kRegions) {
        const std::uint64_t peak = most.regions[static_cast<std::size_t>(region)];
        const bool usual = region == Region::dram || region == Region::l1;
        if (peak == 0 && !(usual && is_open)) continue;
        to.peak.samples.push_back({labels_of(most.device, most.arch, region), peak});
    }
    if (most.l1_per_core == 0 && !is_open) return;
    cores.peak.samples.push_back({labels_of(most.device, most.arch), most.l1_per_core});
}

}  // namespace

void add_memory(std::vector<Family>& to, const Scene& scene) {
    std::vector<ledger::ProcessView> running;
    for (const Process& process : scene.running) running.push_back(process.figures);
    const ledger::Snapshot snapshot = ledger::merge(std::move(running));
    const std::map<std::int32_t, Pieces> pieces = largest_free_pieces(scene);
    Family open{"plimsoll_device_open", Family::Type::gauge, "1: some process has the chip open."};
    OfRegions regions;
    OfCores cores;
    std::map<std::int32_t, bool> is_open;
    for (const DeviceUse& device : snapshot.devices) {
        is_open[device.device] = device.open;
        const Labels labels = labels_of(device.device, device.arch);
        open.samples.push_back({labels, device.open ? std::uint64_t{1} : 0});
        const auto its = pieces.find(device.device);
        add_device(regions, device, its == pieces.end() ? Pieces{} : its->second);
        add(cores.live, labels, device.l1_per_core.live);
        add(cores.capacity, labels, device.l1_per_core.capacity);
    }
    for (const DeviceMaximum& most : scene.maxima) {
        add_maximum(regions, cores, most, is_open[most.device]);
    }
    for (Family* family :
         {&open, &regions.live, &regions.capacity, &regions.peak, &regions.largest_free,
          &regions.banks, &cores.live, &cores.capacity, &cores.peak}) {
        to.push_back(std::move(*family));
    }
}

}  // namespace plimsoll::metrics
