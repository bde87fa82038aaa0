#include "ledger/merge.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace plimsoll::ledger {

namespace {

bool says_nothing(const Figure& figure) {
    return figure.value == 0 && figure.coverage == Coverage::exact;
}

Coverage weaker(Coverage a, Coverage b) { return std::max(a, b); }

void add_live(Figure& sum, const Figure& more) {
    sum = {sum.value + more.value, weaker(sum.coverage, more.coverage)};
}

// Two that did not happen together.
void add_highest(Figure& highest, const Figure& other) {
    if (says_nothing(other)) return;
    if (says_nothing(highest)) {
        highest = other;
        return;
    }
    highest = {std::max(highest.value, other.value),
               weaker(Coverage::at_least, weaker(highest.coverage, other.coverage))};
}

// What is live now was reached at one moment, this one.
void raise_to_live(Figure& peak, std::uint64_t live) {
    if (peak.value < live) peak = {live, weaker(Coverage::at_least, peak.coverage)};
}

void add_capacity(Figure& capacity, const Figure& other) {
    if (capacity.coverage == Coverage::unknown) capacity = other;
}

void add_peak(RegionUse& sum, const RegionUse& more) {
    if (more.peak.value > sum.peak.value) {
        sum.at_peak = more.at_peak;
        sum.overlap = more.overlap;
    }
    add_highest(sum.peak, more.peak);
    add_capacity(sum.capacity, more.capacity);
}

void add_region(RegionUse& sum, const RegionUse& more) {
    add_peak(sum, more);
    add_live(sum.live, more.live);
    if (sum.peak.value < sum.live.value) sum.at_peak.clear();
    raise_to_live(sum.peak, sum.live.value);
}

void add_level(Level& sum, const Level& more) {
    add_live(sum.live, more.live);
    add_highest(sum.peak, more.peak);
    raise_to_live(sum.peak, sum.live.value);
}

void add_device(DeviceUse& sum, const DeviceUse& more, ProcessState state) {
    const bool running = state == ProcessState::running;
    if (more.mesh && (running || !sum.mesh)) sum.mesh = more.mesh;
    if (sum.arch.empty()) sum.arch = more.arch;
    sum.open = sum.open || (running && more.open);
    sum.allocations += more.allocations;
    for (std::size_t i = 0; i < kRegionCount; ++i) add_region(sum.regions[i], more.regions[i]);
    // The fullest cores of two processes may be two different ones, so they do not add up.
    add_peak(sum.l1_per_core, more.l1_per_core);
    add_highest(sum.l1_per_core.live, more.l1_per_core.live);
    add_level(sum.registered, more.registered);
    add_level(sum.resident, more.resident);
}

void add_kind(KindUse& sum, const KindUse& more) {
    sum.kind = more.kind;
    sum.allocations += more.allocations;
    sum.frees += more.frees;
    sum.reported_allocations += more.reported_allocations;
    sum.reported_frees += more.reported_frees;
    sum.live += more.live;
    sum.live_bytes += more.live_bytes;
    add_highest(sum.peak_bytes, more.peak_bytes);
    raise_to_live(sum.peak_bytes, sum.live_bytes);
}

void add_totals(Totals& totals, const ProcessView& process) {
    if (process.state == ProcessState::running) totals.active_allocations += process.held_count;
    totals.reported_active_allocations += process.reported_active;
    for (const KindUse& kind : process.kinds) {
        totals.allocations += kind.allocations;
        totals.frees += kind.frees;
    }
    totals.live_bytes += process.live_bytes.value;
    add_highest(totals.peak_bytes, process.peak_bytes);
    raise_to_live(totals.peak_bytes, totals.live_bytes);
    totals.events.produced += process.events.produced;
    totals.events.received += process.events.received;
    totals.events.lost += process.events.lost;
}

// Unknown until a process knows it.
DeviceUse nothing_of(std::int32_t device) {
    DeviceUse use;
    use.device = device;
    use.l1_per_core.capacity.coverage = Coverage::unknown;
    for (RegionUse& region : use.regions) region.capacity.coverage = Coverage::unknown;
    return use;
}

}  // namespace

Snapshot merge(std::vector<ProcessView> processes) {
    Snapshot snapshot;
    std::map<std::int32_t, DeviceUse> devices;
    std::map<Kind, KindUse> kinds;
    for (const ProcessView& process : processes) {
        for (const DeviceUse& device : process.devices) {
            const auto entry = devices.try_emplace(device.device, nothing_of(device.device)).first;
            add_device(entry->second, device, process.state);
        }
        for (const KindUse& kind : process.kinds) add_kind(kinds[kind.kind], kind);
        add_totals(snapshot.totals, process);
    }
    for (auto& [chip, device] : devices) snapshot.devices.push_back(std::move(device));
    for (const auto& [name, kind] : kinds) snapshot.kinds.push_back(kind);
    snapshot.processes = std::move(processes);
    return snapshot;
}

}  // namespace plimsoll::ledger
