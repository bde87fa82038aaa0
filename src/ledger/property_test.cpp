#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "ledger/process_ledger.hpp"
#include "ledger/simulated_process.hpp"

// Whatever a process does, after every single step the ledger says what a recomputation from
// scratch says; and whatever is lost of the story, what is live stays exact and no peak is too
// high.
namespace plimsoll::ledger {
namespace {

constexpr std::uint32_t kChips = 6;
constexpr int kSteps = 160;

struct Naive {
    std::array<std::array<std::uint64_t, kRegionCount>, kChips> live{};
    std::array<std::uint64_t, kChips> per_core{};
    std::array<std::uint64_t, kChips> registered{};
    std::array<std::uint64_t, kChips> resident{};
    std::array<std::uint64_t, kKindCount> kinds{};
    std::uint64_t total = 0;
};

bool is_shared(const Allocation& a) {
    const bool shared = a.kind == Kind::circular_buffer || a.kind == Kind::dataflow_buffer;
    return shared && a.region == Region::l1 && a.cores.value != 0;
}

std::set<std::pair<int, int>> cores_of(const SimulatedProcess& process, const Allocation& a) {
    std::set<std::pair<int, int>> cores;
    for (const CoreRange& range : process.tables.cores.at(a.cores))
        for (int x = range.x0; x <= range.x1; ++x)
            for (int y = range.y0; y <= range.y1; ++y) cores.insert({x, y});
    return cores;
}

bool is_on(const SimulatedProcess& process, const Allocation& a, std::uint32_t chip) {
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

// The oracle: byte by byte, core by core, allocation by allocation.
Naive recompute(const SimulatedProcess& process, const Cores& cores) {
    Naive naive;
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        std::map<std::pair<int, int>, std::set<std::uint64_t>> bytes;
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
                for (const auto& core : cores_of(process, a))
                    for (std::uint64_t i = 0; i < a.bytes_per_bank; ++i)
                        if (always || cores.has(a, chip, core)) bytes[core].insert(a.address + i);
            } else {
                naive.live[chip][static_cast<std::size_t>(a.region)] += occupied;
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
        naive.live[chip][static_cast<std::size_t>(Region::l1)] += naive.resident[chip];
        naive.per_core[chip] = lockstep.size() + fullest;
        for (const std::uint64_t region : naive.live[chip]) naive.total += region;
    }
    return naive;
}

void raise(std::uint64_t& peak, std::uint64_t live) { peak = std::max(peak, live); }

void raise(Naive& peaks, const Naive& live) {
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        for (std::size_t i = 0; i < kRegionCount; ++i)
            raise(peaks.live[chip][i], live.live[chip][i]);
        raise(peaks.per_core[chip], live.per_core[chip]);
        raise(peaks.registered[chip], live.registered[chip]);
        raise(peaks.resident[chip], live.resident[chip]);
    }
    for (std::size_t i = 0; i < kKindCount; ++i) raise(peaks.kinds[i], live.kinds[i]);
    raise(peaks.total, live.total);
}

// One random history: sets that are meshes, parts of meshes and chips, all kinds and regions, and
// five programs that run.
class History {
  public:
    explicit History(std::uint32_t seed) : random_(seed) {
        process.tables.runs_are_told = seed % 4 != 0;
        sets_ = {process.add_set({0, 1, 2, 3}, 1), process.add_set({0, 1}, 2), process.add_set({3}),
                 process.add_set({2, 3, 4}, 3),    process.add_set({5}),       DeviceSetId{0}};
        cores_ = {CoreSetId{0}, process.add_cores({{0, 0, 1, 1}}),
                  process.add_cores({{1, 0, 2, 0}, {2, 0, 2, 1}}),
                  process.add_cores({{0, 0, 0, 0}, {2, 1, 2, 1}})};
    }

    void step() {
        const int choice = pick(12);
        if (choice < 6 || process.rows.empty()) return allocate();
        if (choice < 8) return run();
        if (choice == 8) return process.suspend(ending_row());
        if (choice == 9 && pick(3) == 0) return process.free(over_or_unknown());
        process.free(ending_row());
    }

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
        made.program = {static_cast<std::uint32_t>(pick(6))};
        made.set = sets_[static_cast<std::size_t>(pick(6))];
        made.cores = cores_[static_cast<std::size_t>(pick(4))];
        made.banks = static_cast<std::uint32_t>(pick(5));
        made.address = static_cast<std::uint64_t>(pick(24));
        made.bytes_per_bank = static_cast<std::uint64_t>(pick(12));
        made.bytes = made.bytes_per_bank * made.banks;
        process.allocate(made);
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
};

void expect_live(const ProcessView& view, const Naive& naive) {
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        const DeviceUse& device = view.devices[chip];
        for (std::size_t i = 0; i < kRegionCount; ++i) {
            EXPECT_EQ(device.regions[i].live.value, naive.live[chip][i]);
            EXPECT_EQ(device.regions[i].live.coverage, Coverage::exact);
        }
        EXPECT_EQ(device.l1_per_core.live.value, naive.per_core[chip]);
        EXPECT_EQ(device.registered.live.value, naive.registered[chip]);
        EXPECT_EQ(device.resident.live.value, naive.resident[chip]);
    }
    for (const KindUse& kind : view.kinds) {
        EXPECT_EQ(kind.live_bytes, naive.kinds[static_cast<std::size_t>(kind.kind)]);
    }
    EXPECT_EQ(view.live_bytes.value, naive.total);
}

template <class Check>
void check_peaks(const ProcessView& view, const Naive& peaks, Check check) {
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        for (std::size_t i = 0; i < kRegionCount; ++i) {
            check(view.devices[chip].regions[i].peak, peaks.live[chip][i]);
        }
        check(view.devices[chip].l1_per_core.peak, peaks.per_core[chip]);
        check(view.devices[chip].registered.peak, peaks.registered[chip]);
        check(view.devices[chip].resident.peak, peaks.resident[chip]);
    }
    for (const KindUse& kind : view.kinds) {
        check(kind.peak_bytes, peaks.kinds[static_cast<std::size_t>(kind.kind)]);
    }
    check(view.peak_bytes, peaks.total);
}

void expect_exactly(const Figure& figure, std::uint64_t truth) {
    EXPECT_EQ(figure.value, truth);
    EXPECT_EQ(figure.coverage, Coverage::exact);
}

void expect_no_more(const Figure& figure, std::uint64_t truth) {
    if (figure.coverage == Coverage::exact) {
        EXPECT_EQ(figure.value, truth);
    } else {
        EXPECT_LE(figure.value, truth);
    }
}

TEST(LedgerProperty, EqualsARecomputationAfterEveryPrefix) {
    for (std::uint32_t seed = 1; seed <= 40 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        History history(seed);
        ProcessLedger ledger;
        Naive peaks;
        for (int i = 0; i < kSteps && !testing::Test::HasFailure(); ++i) {
            SCOPED_TRACE(i);
            history.step();
            const SimulatedProcess& process = history.process;
            ledger.apply(process.tables, {&process.events.back(), 1});
            const Naive now = history.now();
            raise(peaks, now);
            const ProcessView view =
                ledger.view(process.tables, process.look(), ProcessState::running);
            expect_live(view, now);
            check_peaks(view, peaks, expect_exactly);
        }
    }
}

enum class CatchUp { never, sometimes };

void check_lossy_history(std::uint32_t seed, CatchUp catch_up) {
    History history(seed);
    ProcessLedger ledger;
    Naive peaks;
    std::uint64_t dropped = 0;
    const int loss = 2 + history.pick(20);  // one event of so many
    for (int i = 0; i < kSteps && !testing::Test::HasFailure(); ++i) {
        SCOPED_TRACE(i);
        history.step();
        const SimulatedProcess& process = history.process;
        if (history.pick(loss) == 0) {
            ++dropped;
        } else {
            ledger.apply(process.tables, {&process.events.back(), 1});
        }
        const Look look = process.look();
        if (catch_up == CatchUp::sometimes && history.pick(5) == 0) {
            ledger.catch_up(process.tables, look);
        }
        const Naive now = history.now();
        raise(peaks, now);
        const ProcessView view = ledger.view(process.tables, look, ProcessState::running);
        expect_live(view, now);
        check_peaks(view, peaks, expect_no_more);
        EXPECT_EQ(view.events.produced, process.events.size());
        EXPECT_EQ(view.events.lost, dropped);
    }
}

TEST(LedgerProperty, StaysExactAboutWhatIsLiveAndNeverOverstatesAPeakWhenEventsAreLost) {
    for (std::uint32_t seed = 1; seed <= 40 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        check_lossy_history(seed, CatchUp::never);
    }
}

TEST(LedgerProperty, NeverOverstatesAPeakAfterStartingAnew) {
    for (std::uint32_t seed = 101; seed <= 140 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        check_lossy_history(seed, CatchUp::sometimes);
    }
}

}  // namespace
}  // namespace plimsoll::ledger
