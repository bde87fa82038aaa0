#include <gtest/gtest.h>

#include "ledger/naive_history.hpp"
#include "ledger/process_ledger.hpp"

// Whatever a process does, after every single step the ledger says what a recomputation from
// scratch says; and whatever is lost of the story, what is live stays exact and no peak is too
// high.
namespace plimsoll::ledger {
namespace {

constexpr int kSteps = 160;

void expect_live(const ProcessView& view, const Naive& naive) {
    for (std::uint32_t chip = 0; chip < kChips; ++chip) {
        const DeviceUse& device = view.devices[chip];
        for (std::size_t i = 0; i < kRegionCount; ++i) {
            EXPECT_EQ(device.regions[i].live.value, naive.live[chip][i]);
            EXPECT_EQ(device.regions[i].live.coverage, Coverage::exact);
        }
        EXPECT_EQ(device.l1_per_core.live.value, naive.per_core[chip]);
        EXPECT_EQ(device.l1_buffers.live.value, naive.l1_buffers[chip]);
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
        check(view.devices[chip].l1_buffers.peak, peaks.l1_buffers[chip]);
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
            const ProcessView view =
                ledger.view(process.tables, process.look(), ProcessState::running);
            expect_live(view, now);
            check_peaks(view, peaks, expect_exactly);
        }
    }
}

enum class CatchUp { never, sometimes };

void check_lossy_history(std::uint32_t seed, CatchUp catch_up) {
    RandomHistory history(seed);
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
