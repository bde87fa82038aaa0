#include <algorithm>
#include <array>
#include <vector>

#include "ledger/allocation_view.hpp"
#include "ledger/peak_bounds.hpp"
#include "ledger/peak_shares.hpp"
#include "ledger/process_ledger.hpp"
#include "ledger/refusal_view.hpp"

namespace plimsoll::ledger {

namespace {

Coverage reach(bool exact) { return exact ? Coverage::exact : Coverage::at_least; }

// All that the figures of one view are drawn from.
struct Sources {
    const Tables& tables;
    const Look& look;
    const Occupancy& story;
    bool complete;        // no event is missing: the story's peaks are the peaks
    bool gap;             // the story's peaks are certain up to the gap only
    bool running;         // a dead process holds nothing any more
    Occupancy now{};      // the rows
    PeakBounds bounds{};  // the cells
    std::vector<std::array<std::uint64_t, kRegionCount>> unlisted{};  // bytes, per device
    std::vector<std::uint64_t> allocations{};                         // live, per device
    std::uint64_t unlisted_total = 0;
    bool unlisted_shared = false;  // nobody knows how those lie over each other

    [[nodiscard]] bool rows_whole() const { return look.health.rows_rejected == 0; }
    [[nodiscard]] bool shared_whole() const {
        return rows_whole() && !unlisted_shared && now.left_out() == 0 && story.left_out() == 0;
    }
};

void count_on_devices(Sources& from, DeviceSetId set, std::uint64_t allocations) {
    if (set.value >= from.tables.sets.size()) return;
    for (const std::uint32_t device : from.tables.sets[set.value].devices) {
        from.allocations[device] += allocations;
    }
}

void add_unlisted(Sources& from) {
    from.unlisted.resize(from.tables.devices.size());
    from.allocations.resize(from.tables.devices.size());
    for (const Cell& cell : from.look.cells) {
        const bool all = from.look.rows_skipped;
        const std::uint64_t bytes = all ? cell.live_bytes : cell.unlisted_bytes;
        count_on_devices(from, cell.set, all ? cell.live : cell.unlisted_live);
        const bool alias = cell.kind == Kind::global_circular_buffer;
        if (alias || bytes == 0 || cell.set.value >= from.tables.sets.size()) continue;
        if (shares_space(cell.kind, cell.region)) {
            from.unlisted_shared = true;
            continue;
        }
        for (const std::uint32_t device : from.tables.sets[cell.set.value].devices) {
            from.unlisted[device][static_cast<std::size_t>(cell.region)] += bytes;
            from.unlisted_total += bytes;
        }
    }
}

// The highest that is known, and how far that reaches.
Figure peak_figure(const Sources& from, std::uint64_t story, std::uint64_t now,
                   const PeakBound* bound) {
    if (from.complete) return {std::max(story, now), Coverage::exact};
    const std::uint64_t highest = std::max(story, now);
    if (bound == nullptr) return {highest, Coverage::at_least};
    // The look's cells may be a moment older than its rows.
    if (bound->exact() >= highest) return {*bound->exact(), Coverage::exact};
    return {std::max(highest, bound->at_least()), Coverage::at_least};
}

RegionUse use(const Sources& from, const Peak& peak, const Peak& now, bool now_exact,
              const PeakBound* bound) {
    RegionUse use;
    if (from.running) use.live = {now.bytes, reach(now_exact)};
    use.peak = peak_figure(from, peak.bytes, now.bytes, bound);
    if (!now_exact && !(bound != nullptr && bound->exact())) use.peak.coverage = Coverage::at_least;
    if (use.peak.value == peak.bytes) {
        describe(from.tables, from.story.portions(), peak.shares, use);
    } else if (use.peak.value == now.bytes) {
        describe(from.tables, from.now.portions(), now.shares, use);
    }
    return use;
}

Level level(const Sources& from, std::uint64_t story, std::uint64_t now) {
    const Coverage coverage = reach(from.shared_whole());
    Level level;
    if (from.running) level.live = {now, coverage};
    level.peak = peak_figure(from, story, now, nullptr);
    level.peak.coverage = std::max(level.peak.coverage, coverage);
    return level;
}

DevicePeaks known_peaks(const Sources& from, std::uint32_t device, std::size_t watch) {
    const DeviceStory* story = from.story.device(device);
    if (story == nullptr) return {};
    return from.gap ? story->kept_peaks(watch) : story->peaks(watch);
}

DeviceUse device_use(const Sources& from, std::uint32_t index) {
    const Device& device = from.tables.devices[index];
    DeviceUse result;
    result.device = device.device;
    result.arch = device.arch;
    result.open = device.open;
    if (from.running) result.allocations = from.allocations[index];
    for (const DeviceSet& set : from.tables.sets) {
        const bool has = std::count(set.devices.begin(), set.devices.end(), index) != 0;
        if (set.mesh && has) result.mesh = set.mesh;
    }

    const DeviceStory* rows = from.now.device(index);
    const DevicePeaks now = rows != nullptr ? rows->now() : DevicePeaks{};
    const DevicePeaks peaks = known_peaks(from, index, kAlways);

    const auto& unlisted = from.unlisted[index];
    for (const Region region : kRegions) {
        const auto i = static_cast<std::size_t>(region);
        const bool whole = region == Region::l1 ? from.shared_whole() : from.rows_whole();
        RegionUse& into = result.regions[i];
        into =
            use(from, peaks.regions[i], {now.regions[i].bytes + unlisted[i], now.regions[i].shares},
                whole, &from.bounds.devices[index][i]);
        const DeviceStory* story = from.story.device(index);
        if (story != nullptr && from.complete) into.span = story->span(region);
        const RegionInfo& info = device.regions[i];
        into.capacity = {info.banks * info.bytes_per_bank,
                         info.banks == 0 ? Coverage::unknown : Coverage::exact};
        into.bank = info;
    }
    const auto l1 = static_cast<std::size_t>(Region::l1);
    result.l1_per_core = use(from, peaks.l1_per_core, now.l1_per_core,
                             from.shared_whole() && unlisted[l1] == 0, nullptr);
    result.l1_buffers = level(from, peaks.l1_buffers, now.l1_buffers + unlisted[l1]);
    result.registered = level(from, peaks.registered, now.registered);
    result.resident = level(from, peaks.resident, now.resident);
    const Figure& l1_peak = result.regions[l1].peak;
    const bool never_used = l1_peak.value == 0 && l1_peak.coverage == Coverage::exact;
    if (never_used) result.l1_per_core.peak = l1_peak;
    result.l1_per_core.capacity = {
        device.regions[l1].banks == 0 ? 0 : device.regions[l1].bytes_per_bank,
        result.regions[l1].capacity.coverage};
    return result;
}

std::vector<KindUse> kind_uses(const Sources& from) {
    std::array<KindUse, kKindCount> kinds;
    for (const Cell& cell : from.look.cells) {
        KindUse& kind = kinds[static_cast<std::size_t>(cell.kind)];
        kind.allocations += cell.allocations;
        kind.frees += cell.frees;
        kind.reported_allocations += cell.reported_allocations;
        kind.reported_frees += cell.reported_frees;
        kind.live += cell.live;
        if (cell.kind != Kind::global_circular_buffer && cell.set.value < from.tables.sets.size()) {
            kind.live_bytes += cell.live_bytes * from.tables.sets[cell.set.value].devices.size();
        }
    }
    std::vector<KindUse> used;
    for (std::size_t i = 0; i < kKindCount; ++i) {
        KindUse& kind = kinds[i];
        if (kind.allocations == 0) continue;
        kind.kind = static_cast<Kind>(i);
        const Sum& sum = from.story.of(kind.kind);
        kind.peak_bytes = peak_figure(from, from.gap ? sum.certain_peak : sum.peak, kind.live_bytes,
                                      &from.bounds.kinds[i]);
        if (!from.running) kind.live = kind.live_bytes = 0;
        used.push_back(kind);
    }
    return used;
}

WindowDevice window_device(const Sources& from, std::uint32_t index, std::size_t watch) {
    const DevicePeaks peaks = known_peaks(from, index, watch);
    WindowDevice result;
    result.device = from.tables.devices[index].device;
    const auto fill = [&from](const Peak& peak, RegionPeak& into) {
        into.peak = {peak.bytes, reach(from.complete && from.shared_whole())};
        describe(from.tables, from.story.portions(), peak.shares, into);
    };
    for (std::size_t i = 0; i < kRegionCount; ++i) fill(peaks.regions[i], result.regions[i]);
    fill(peaks.l1_per_core, result.l1_per_core);
    return result;
}

std::vector<WindowUse> window_uses(const Sources& from) {
    std::vector<WindowUse> uses;
    for (const Window& window : from.story.windows()) {
        WindowUse& use = uses.emplace_back();
        use.id = window.name;
        use.times = window.times;
        use.open = window.open > 0 && from.running;
        for (std::uint32_t i = 0; i < from.tables.devices.size(); ++i) {
            use.devices.push_back(window_device(from, i, kFirstWindow + uses.size() - 1));
        }
        std::sort(use.devices.begin(), use.devices.end(),
                  [](const auto& a, const auto& b) { return a.device < b.device; });
    }
    return uses;
}

void add_rows(Sources& from, ProcessView& view) {
    for (const Row& row : from.look.live) {
        if (row.device_closed) {
            view.cache_outlived = true;
            continue;
        }
        from.now.add(from.tables, row.allocation);
        count_on_devices(from, row.allocation.set, 1);
        view.held.push_back(allocation_view(from.tables, row, view.identity.pid, from.look.now_ns));
    }
    from.now.run_as_told(from.tables, from.look.live);
    view.held_count = view.held.size() + from.look.health.unlisted_live;
    if (from.look.rows_skipped) {
        view.held_count = 0;
        for (const Cell& cell : from.look.cells) view.held_count += cell.live;
    }
    for (const Row& row : from.look.ended) {
        view.ended.push_back(
            allocation_view(from.tables, row, view.identity.pid, from.look.now_ns));
    }
    view.ended_count = from.look.ended_count;
}

void add_figures(const Sources& from, ProcessView& view) {
    for (std::uint32_t i = 0; i < from.tables.devices.size(); ++i) {
        view.devices.push_back(device_use(from, i));
    }
    std::sort(view.devices.begin(), view.devices.end(),
              [](const DeviceUse& a, const DeviceUse& b) { return a.device < b.device; });

    const std::uint64_t now = from.now.total().live + from.unlisted_total;
    if (from.running) view.live_bytes = {now, reach(from.shared_whole())};
    const Sum& total = from.story.total();
    view.peak_bytes =
        peak_figure(from, from.gap ? total.certain_peak : total.peak, now, &from.bounds.total);
    if (!from.shared_whole()) view.peak_bytes.coverage = Coverage::at_least;
    view.kinds = kind_uses(from);
    view.windows = window_uses(from);
}

}  // namespace

ProcessView ProcessLedger::view(const Tables& tables, const Look& look, ProcessState state) const {
    ProcessView view;
    view.identity = look.identity;
    view.state = state;
    view.exiting = look.exiting;
    view.coverage = look.coverage;
    view.health = look.health;
    // A look that is older than the last events knows of fewer.
    view.events.received = gaps_.received();
    view.events.produced = std::max(look.health.events_produced, view.events.received);
    view.events.lost = view.events.produced - view.events.received;

    Sources from{tables,       look,
                 occupancy_,   view.events.lost == 0 && !restarted_ && !gaps_.open(),
                 gaps_.open(), state == ProcessState::running};
    from.bounds = peak_bounds(tables, look.cells);
    add_unlisted(from);
    add_rows(from, view);
    add_figures(from, view);

    for (const Refusal& refusal : look.refusals) {
        view.refusals.push_back(refusal_view(tables, look, refusal, pictures_.of(refusal.id)));
    }
    view.refusal_count = look.refusal_count;

    std::uint64_t reported_frees = 0;
    for (const KindUse& kind : view.kinds) {
        view.reported_active += kind.reported_allocations;
        reported_frees += kind.reported_frees;
    }
    view.reported_active -= std::min(view.reported_active, reported_frees);
    return view;
}

DevicePeaks ProcessLedger::watched_peaks(std::uint32_t device) const {
    const DeviceStory* story = occupancy_.device(device);
    if (story == nullptr) return {};
    return gaps_.open() ? story->kept_peaks(kSinceAsked) : story->peaks(kSinceAsked);
}

}  // namespace plimsoll::ledger
