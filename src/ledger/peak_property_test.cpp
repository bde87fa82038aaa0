#include <gtest/gtest.h>

#include "ledger/naive_history.hpp"
#include "ledger/process_ledger.hpp"

// What each peak is said to have been made of is what was live at that moment, and the same of the
// peaks of windows.
namespace plimsoll::ledger {
namespace {

constexpr int kSteps = 200;

Portions portions_of(const RegionPeak& peak) {
    Portions portions;
    for (const PeakShare& share : peak.at_peak) {
        portions[{share.kind, share.owner, share.site.value, share.program}] = {share.count,
                                                                                share.bytes};
    }
    return portions;
}

void expect_sum(const RegionPeak& peak) {
    std::uint64_t sum = 0;
    for (const PeakShare& share : peak.at_peak) sum += share.bytes;
    EXPECT_EQ(sum, peak.peak.value + peak.overlap);
}

void expect_made_of(const RegionPeak& peak, std::uint64_t bytes, const Portions& portions) {
    EXPECT_EQ(peak.peak.value, bytes);
    EXPECT_EQ(peak.peak.coverage, Coverage::exact);
    EXPECT_EQ(portions_of(peak), portions);
    expect_sum(peak);
}

// Of several cores that are as full, any may be told.
void expect_made_of_one(const RegionPeak& peak, std::uint64_t bytes,
                        const std::set<Portions>& portions) {
    EXPECT_EQ(peak.peak.value, bytes);
    EXPECT_TRUE(bytes == 0 || portions.contains(portions_of(peak)));
    expect_sum(peak);
}

template <class Device>
void expect_peaks(const Device& device, const Naive& peaks, std::uint32_t chip) {
    for (std::size_t i = 0; i < kRegionCount; ++i) {
        expect_made_of(device.regions[i], peaks.live[chip][i], peaks.made_of[chip][i]);
    }
    expect_made_of_one(device.l1_per_core, peaks.per_core[chip], peaks.core_made_of[chip]);
}

TEST(PeakProperty, EachIsMadeOfWhatWasThere) {
    std::uint64_t overlaps = 0;
    for (std::uint32_t seed = 1; seed <= 40 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        RandomHistory history(seed);
        ProcessLedger ledger;
        Naive peaks;
        for (int i = 0; i < kSteps && !testing::Test::HasFailure(); ++i) {
            SCOPED_TRACE(i);
            history.step();
            const SimulatedProcess& process = history.process;
            ledger.apply(process.tables, {&process.events.back(), 1});
            const Naive now = history.now();
            raise(peaks, now);
            history.raise_windows(now);
            const ProcessView view =
                ledger.view(process.tables, process.look(), ProcessState::running);
            for (std::uint32_t chip = 0; chip < kChips; ++chip) {
                expect_peaks(view.devices[chip], peaks, chip);
                if (view.devices[chip].l1_per_core.overlap > 0) ++overlaps;
            }
            ASSERT_EQ(view.windows.size(), history.windows());
            for (const WindowUse& window : view.windows) {
                for (std::uint32_t chip = 0; chip < kChips; ++chip) {
                    expect_peaks(window.devices[chip], history.window_peaks(window.id), chip);
                }
            }
        }
    }
    EXPECT_GT(overlaps, 100u) << "or nothing was seen of them";
}

TEST(PeakProperty, OfWindowsNoneIsTooHighWhateverIsLost) {
    for (std::uint32_t seed = 201; seed <= 240 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        RandomHistory history(seed);
        ProcessLedger ledger;
        for (int i = 0; i < kSteps && !testing::Test::HasFailure(); ++i) {
            SCOPED_TRACE(i);
            history.step();
            const SimulatedProcess& process = history.process;
            if (history.pick(15) != 0) ledger.apply(process.tables, {&process.events.back(), 1});
            const Look look = process.look();
            if (history.pick(5) == 0) ledger.catch_up(process.tables, look);
            history.raise_windows(history.now());
            const ProcessView view = ledger.view(process.tables, look, ProcessState::running);
            for (const WindowUse& window : view.windows) {
                const Naive& peaks = history.window_peaks(window.id);
                for (std::uint32_t chip = 0; chip < kChips; ++chip) {
                    const WindowDevice& device = window.devices[chip];
                    for (std::size_t r = 0; r < kRegionCount; ++r) {
                        EXPECT_LE(device.regions[r].peak.value, peaks.live[chip][r]);
                    }
                    EXPECT_LE(device.l1_per_core.peak.value, peaks.per_core[chip]);
                }
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll::ledger
