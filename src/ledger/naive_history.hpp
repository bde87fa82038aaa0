#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/simulated_process.hpp"
#include "ledger/tally.hpp"

// For tests: random histories of a process, and what a recomputation from scratch says of them.
namespace plimsoll::ledger {

inline constexpr std::uint32_t kChips = 6;
// What allocations of one portion have in common: kind, owner, call site, label.
using PortionName = std::tuple<Kind, Owner, std::uint32_t, std::string>;
using Portions = std::map<PortionName, Share>;

inline constexpr auto kL1 = static_cast<std::size_t>(Region::l1);

struct Naive {
    std::array<std::array<std::uint64_t, kRegionCount>, kChips> live{};
    std::array<std::uint64_t, kChips> per_core{};
    std::array<std::uint64_t, kChips> l1_buffers{};
    std::array<std::uint64_t, kChips> registered{};
    std::array<std::uint64_t, kChips> resident{};
    std::array<std::uint64_t, kKindCount> kinds{};
    std::uint64_t total = 0;
    std::array<std::array<Portions, kRegionCount>, kChips> made_of;
    std::array<std::set<Portions>, kChips> core_made_of;  // of each core that is as full as any
};

inline bool is_shared(const Allocation& a) {
    const bool shared = a.kind == Kind::circular_buffer || a.kind == Kind::dataflow_buffer;
    return shared && a.region == Region::l1 && a.cores.value != 0;
}

inline std::set<std::pair<int, int>> cores_of(const SimulatedProcess& process,
                                              const Allocation& a) {
    std::set<std::pair<int, int>> cores;
    for (const CoreRange& range : process.tables.cores.at(a.cores))
        for (int x = range.x0; x <= range.x1; ++x)
            for (int y = range.y0; y <= range.y1; ++y) cores.insert({x, y});
    return cores;
}

inline bool is_on(const SimulatedProcess& process, const Allocation& a, std::uint32_t chip) {
    const auto& devices = process.tables.sets[a.set.value].devices;
    return std::count(devices.begin(), devices.end(), chip) != 0;
}

// Which program's run each core of each chip saw last: told by what happens, step by step, and not
// by what the tables say of it.
class Cores {
  public:
    void run(const SimulatedProcess& process, ProgramId program) {
        for (const auto& [id, row] : process.rows) {
            const Allocation& a = row.allocation;
            if (a.program != program || row.device_closed || !counts(a)) continue;
            for (std::uint32_t chip = 0; chip < kChips; ++chip)
                if (is_on(process, a, chip))
                    for (const auto& core : cores_of(process, a))
                        last_[chip][core] = {program, process.last_run_of(program)};
        }
    }

    // What ran before its program is not resident again.
    void end(const SimulatedProcess& process, const Allocation& a) {
        const std::uint64_t run = process.last_run_of(a.program);
        if (run < a.id.value || !counts(a)) return;
        for (std::uint32_t chip = 0; chip < kChips; ++chip)
            if (is_on(process, a, chip))
                std::erase_if(last_[chip], [&](const auto& core) { return core.second.run < run; });
    }

    [[nodiscard]] bool has(const Allocation& a, std::uint32_t chip,
                           const std::pair<int, int>& core) const {
        const auto last = last_[chip].find(core);
        return last != last_[chip].end() && last->second.program == a.program &&
               a.id.value < last->second.run;
    }

  private:
    struct Run {
        ProgramId program;
        std::uint64_t run;
    };
    // Of nothing else do runs change anything.
    static bool counts(const Allocation& a) {
        return is_shared(a) && a.program.value != 0 && a.bytes_per_bank * a.banks != 0;
    }

    std::array<std::map<std::pair<int, int>, Run>, kChips> last_;
};

inline void put(Portions& into, const Allocation& a, const std::string& label, std::uint64_t count,
                std::uint64_t bytes) {
    Share& share = into[{a.kind, a.owner, a.call_site.value, label}];
    share.count += count;
    share.bytes += bytes;
}

// The oracle: byte by byte, core by core, allocation by allocation.
inline Naive recompute(const SimulatedProcess& process, const Cores& cores) {
    Naive naive;
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        std::map<std::pair<int, int>, std::set<std::uint64_t>> bytes;
        std::map<std::pair<int, int>, Portions> on_core;
        Portions on_every_core;
        std::set<std::uint64_t> lockstep;
        for (const auto& [id, row] : process.rows) {
            const Allocation& a = row.allocation;
            if (row.device_closed || a.kind == Kind::global_circular_buffer) continue;
            if (!is_on(process, a, chip) || a.banks == 0) continue;
            const std::uint64_t occupied = a.bytes_per_bank * a.banks;
            naive.kinds[static_cast<std::size_t>(a.kind)] += occupied;
            if (is_shared(a)) {
                naive.registered[chip] += occupied;
                const bool always = a.program.value == 0 || !process.tables.runs_are_told;
                const std::string label = always ? "" : process.tables.labels.at({a.program.value});
                for (const auto& core : cores_of(process, a)) {
                    if (occupied == 0 || !(always || cores.has(a, chip, core))) continue;
                    for (std::uint64_t i = 0; i < a.bytes_per_bank; ++i)
                        bytes[core].insert(a.address + i);
                    put(on_core[core], a, label, 1, a.bytes_per_bank);
                    put(naive.made_of[chip][kL1], a, label, 0, a.bytes_per_bank);
                }
                const bool any = always || std::ranges::any_of(cores_of(process, a), [&](auto& c) {
                                     return cores.has(a, chip, c);
                                 });
                if (any && occupied > 0) put(naive.made_of[chip][kL1], a, label, 1, 0);
            } else {
                naive.live[chip][static_cast<std::size_t>(a.region)] += occupied;
                if (occupied == 0) continue;
                put(naive.made_of[chip][static_cast<std::size_t>(a.region)], a, "", 1, occupied);
                if (a.region == Region::l1) naive.l1_buffers[chip] += occupied;
                if (a.region == Region::l1) put(on_every_core, a, "", 1, a.bytes_per_bank);
                for (std::uint64_t i = 0; a.region == Region::l1 && i < a.bytes_per_bank; ++i)
                    lockstep.insert(a.address + i);
            }
        }
        std::size_t fullest = 0;
        for (auto& [core, taken] : bytes) {
            std::erase_if(taken, [&](std::uint64_t byte) { return lockstep.contains(byte); });
            naive.resident[chip] += taken.size();
            fullest = std::max(fullest, taken.size());
        }
        for (const auto& [core, taken] : bytes) {
            if (taken.size() != fullest || fullest == 0) continue;
            for (const auto& [name, share] : on_every_core) {
                on_core[core][name].count += share.count;
                on_core[core][name].bytes += share.bytes;
            }
            naive.core_made_of[chip].insert(on_core[core]);
        }
        if (fullest == 0) naive.core_made_of[chip].insert(on_every_core);
        naive.live[chip][static_cast<std::size_t>(Region::l1)] += naive.resident[chip];
        naive.per_core[chip] = lockstep.size() + fullest;
        for (const std::uint64_t region : naive.live[chip]) naive.total += region;
    }
    return naive;
}

inline bool raise(std::uint64_t& peak, std::uint64_t live) {
    const bool higher = live > peak;
    peak = std::max(peak, live);
    return higher;
}

inline void raise(Naive& peaks, const Naive& live) {
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        for (std::size_t i = 0; i < kRegionCount; ++i)
            if (raise(peaks.live[chip][i], live.live[chip][i]))
                peaks.made_of[chip][i] = live.made_of[chip][i];
        if (raise(peaks.per_core[chip], live.per_core[chip]))
            peaks.core_made_of[chip] = live.core_made_of[chip];
        raise(peaks.l1_buffers[chip], live.l1_buffers[chip]);
        raise(peaks.registered[chip], live.registered[chip]);
        raise(peaks.resident[chip], live.resident[chip]);
    }
    for (std::size_t i = 0; i < kKindCount; ++i) raise(peaks.kinds[i], live.kinds[i]);
    raise(peaks.total, live.total);
}

// One random history: sets that are meshes, parts of meshes and chips, all kinds and regions, and
// five programs that run.
class RandomHistory {
  public:
    explicit RandomHistory(std::uint32_t seed) : random_(seed) {
        process.tables.runs_are_told = seed % 4 != 0;
        for (std::uint32_t i = 1; i < 6; ++i) {
            process.tables.labels[{i}] = "program " + std::to_string(i);
        }
        sets_ = {process.add_set({0, 1, 2, 3}, 1), process.add_set({0, 1}, 2), process.add_set({3}),
                 process.add_set({2, 3, 4}, 3),    process.add_set({5}),       DeviceSetId{0}};
        cores_ = {CoreSetId{0}, process.add_cores({{0, 0, 1, 1}}),
                  process.add_cores({{1, 0, 2, 0}, {2, 0, 2, 1}}),
                  process.add_cores({{0, 0, 0, 0}, {2, 1, 2, 1}})};
    }

    void step() {
        const int choice = pick(13);
        if (choice == 12) return turn_window();
        if (choice < 6 || process.rows.empty()) return allocate();
        if (choice < 8) return run();
        if (choice == 8) return process.suspend(ending_row());
        if (choice == 9 && pick(3) == 0) return process.free(over_or_unknown());
        process.free(ending_row());
    }

    // The most while each window was open: those that are open see `now`, too.
    void raise_windows(const Naive& now) {
        for (auto& [name, window] : windows_)
            if (window.open > 0) raise(window.peaks, now);
    }
    [[nodiscard]] const Naive& window_peaks(TextId name) const { return windows_.at(name).peaks; }
    [[nodiscard]] std::size_t windows() const { return windows_.size(); }

    [[nodiscard]] Naive now() const { return recompute(process, cores_seen_); }

    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

    SimulatedProcess process{kChips};

  private:
    void allocate() {
        Allocation made;
        made.kind = static_cast<Kind>(pick(kKindCount));
        made.region = static_cast<Region>(pick(kRegionCount));
        if (pick(2) == 0) {
            made.kind = pick(3) == 0 ? Kind::dataflow_buffer : Kind::circular_buffer;
            made.region = Region::l1;
        }
        made.owner = static_cast<Owner>(pick(kOwnerCount));
        made.call_site = {static_cast<std::uint32_t>(pick(3))};
        made.program = {static_cast<std::uint32_t>(pick(6))};
        made.set = sets_[static_cast<std::size_t>(pick(6))];
        made.cores = cores_[static_cast<std::size_t>(pick(4))];
        made.banks = static_cast<std::uint32_t>(pick(5));
        made.address = static_cast<std::uint64_t>(pick(24));
        made.bytes_per_bank = static_cast<std::uint64_t>(pick(12));
        made.bytes = made.bytes_per_bank * made.banks;
        process.allocate(made);
    }

    // Opens or closes one of three, which may be open several times at once.
    void turn_window() {
        const TextId name{1 + static_cast<std::uint32_t>(pick(3))};
        const bool ends = windows_.contains(name) && windows_[name].open > 0 && pick(2) == 0;
        windows_[name].open += ends ? -1 : 1;
        process.turn_window(name, ends ? Event::Type::window_end : Event::Type::window_begin);
    }

    void run() {
        const ProgramId program{1 + static_cast<std::uint32_t>(pick(5))};
        process.run(program);
        cores_seen_.run(process, program);
    }

    AllocationId over_or_unknown() {
        const auto id = static_cast<std::uint64_t>(pick(200));
        const bool over = id <= process.last_id() && !process.rows.contains(id);
        return {over ? id : 1000 + id};
    }

    AllocationId ending_row() {
        auto row = process.rows.begin();
        std::advance(row, pick(static_cast<int>(process.rows.size())));
        if (!row->second.device_closed) cores_seen_.end(process, row->second.allocation);
        return row->second.allocation.id;
    }

    std::mt19937 random_;
    std::vector<DeviceSetId> sets_;
    std::vector<CoreSetId> cores_;
    Cores cores_seen_;
    struct WindowSeen {
        int open = 0;
        Naive peaks;
    };
    std::map<TextId, WindowSeen> windows_;
};

}  // namespace plimsoll::ledger
