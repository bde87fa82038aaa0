#include "ledger/growth_rule.hpp"

#include <gtest/gtest.h>

#include "ledger/simulated_loop.hpp"

// What the rule tells apart, one program each.
namespace plimsoll::ledger {
namespace {

constexpr std::uint32_t kInput = 1, kResult = 2, kWeight = 3, kRaw = 4, kOther = 5;

class GrowthRule : public testing::Test {
  protected:
    // An input that comes and goes, and so many results that do.
    void work(std::uint64_t results = 3) {
        const std::uint64_t input = loop.make(kInput, Work::moves);
        for (std::uint64_t i = 0; i < results; ++i) loop.free(loop.make(kOther, Work::computes));
        loop.free(input);
    }
    void keep() { kept.push_back(loop.make(kResult, Work::computes)); }
    Growth only() {
        const auto growths = loop.growths();
        EXPECT_EQ(growths.size(), 1u);
        return growths.empty() ? Growth{} : growths[0];
    }

    SimulatedLoop loop{1};
    std::vector<std::uint64_t> kept;
};

TEST_F(GrowthRule, FindsAResultKeptOnEverySecondIteration) {
    for (int i = 0; i < 20; ++i) {
        const std::uint64_t input = loop.make(kInput, Work::moves);
        const std::uint64_t result = loop.make(kResult, Work::computes, 2048);
        loop.free(input);
        if (i % 2 == 0) loop.free(result);
    }
    const Growth growth = only();
    EXPECT_EQ(growth.site.value, kResult);
    EXPECT_EQ(growth.iterations, 20u);
    EXPECT_EQ(growth.allocations, 10u);
    EXPECT_EQ(growth.bytes, 20480u);
    EXPECT_EQ(growth.occupied_bytes, 20480u);
    EXPECT_EQ(growth.points[0].iteration, 2u);
    EXPECT_EQ(growth.points[0].allocations, 1u);
    EXPECT_EQ(growth.points[2].iteration, 20u);
    EXPECT_EQ(growth.points[2].bytes, 20480u);
    EXPECT_FALSE(growth.marks_given);
    EXPECT_EQ(growth.devices, std::vector<std::int32_t>{0});
}

TEST_F(GrowthRule, FindsOneInThreeAndCountsTheIterationsOfTheLoop) {
    for (int i = 0; i < 30; ++i) {
        work();
        if (i % 3 == 2) keep();
    }
    EXPECT_EQ(only().iterations, 30u);
    EXPECT_EQ(only().allocations, 10u);
}

TEST_F(GrowthRule, FindsAnOpThatIsCalledAgainAndAgainWithNothingBesideIt) {
    for (int i = 0; i < 12; ++i) keep();
    EXPECT_EQ(only().iterations, 12u);
}

TEST_F(GrowthRule, TakesNoLineThatCameAndWentBeforeForOneBesideIt) {
    for (int i = 0; i < 3; ++i) work();
    for (int i = 0; i < 12; ++i) keep();
    EXPECT_EQ(only().iterations, 12u);
}

TEST_F(GrowthRule, FindsBurstsAndSeveralLinesAtOnce) {
    for (int i = 0; i < 60; ++i) {
        work();
        if (i % 6 == 0) keep(), keep(), keep();
        loop.make(kWeight, Work::moves, 1000U + 10U * static_cast<unsigned>(i));
    }
    EXPECT_TRUE(loop.grows(kResult));
    EXPECT_TRUE(loop.grows(kWeight));
    EXPECT_EQ(loop.growths().size(), 2u);
}

TEST_F(GrowthRule, FindsALeakThatBeginsLateAmongThousands) {
    for (int i = 0; i < 500; ++i) work(2000);
    EXPECT_TRUE(loop.growths().empty());
    for (int i = 0; i < 12; ++i) {
        work(2000);
        loop.make(kResult, Work::moves, 64);
    }
    EXPECT_EQ(only().allocations, 12u);
    EXPECT_NEAR(static_cast<double>(only().iterations), 12, 1);
    EXPECT_NEAR(static_cast<double>(only().points[0].iteration), 501, 1);
}

TEST_F(GrowthRule, SetsTheWarmUpAside) {
    for (int i = 0; i < 100; ++i) keep();
    for (int i = 0; i < 40; ++i) {
        work();
        keep();
    }
    EXPECT_NEAR(static_cast<double>(only().allocations), 40, 1);
    EXPECT_EQ(only().points[2].allocations, 140u);
}

TEST_F(GrowthRule, FindsOnesThatGrowInPlace) {
    std::uint64_t before = loop.make(kResult, Work::moves, 1000);
    for (std::uint64_t i = 1; i < 40; ++i) {
        work();
        const std::uint64_t larger = loop.make(kResult, Work::moves, 1000 + 1000 * i);
        loop.free(before);
        before = larger;
    }
    EXPECT_EQ(only().allocations, 0u);
    EXPECT_GT(only().bytes, 30000u);
}

TEST_F(GrowthRule, TakesProgramsOfNewShapesForGrowth) {
    for (int i = 0; i < 30; ++i) {
        work();
        for (int cb = 0; cb < 3; ++cb) {
            loop.make(kResult, Work::computes, 4096, Owner::program, Kind::circular_buffer);
        }
    }
    EXPECT_EQ(only().iterations, 30u);
    EXPECT_EQ(only().allocations, 90u);
    EXPECT_EQ(only().owner, Owner::program);
}

TEST_F(GrowthRule, IsSilentWhileWeightsAreLoaded) {
    for (int i = 0; i < 200; ++i) {
        const std::uint64_t raw = loop.make(kRaw, Work::moves);
        loop.make(kWeight, Work::moves);
        loop.free(raw);
        EXPECT_TRUE(loop.growths().empty());
    }
}

TEST_F(GrowthRule, IsSilentAsSoonAsWorkGoesOnWithoutGrowth) {
    for (int i = 0; i < 64; ++i) {  // weights that are computed
        loop.free(loop.make(kRaw, Work::moves));
        keep();
    }
    for (int i = 0; i < 40; ++i) work();
    EXPECT_TRUE(loop.growths().empty());
}

TEST_F(GrowthRule, IsSilentAboutACacheThatIsFull) {
    for (int i = 0; i < 40; ++i) {
        work();
        if (i < 16) keep();
        if (i < 24) continue;
        EXPECT_TRUE(loop.growths().empty()) << i;
    }
}

TEST_F(GrowthRule, IsSilentAboutAFewThatComeAtAnyTime) {
    for (const int pause : {2, 18, 4, 36, 4, 24}) {
        for (int i = 0; i < pause; ++i) work();
        keep();
    }
    EXPECT_TRUE(loop.growths().empty());
}

TEST_F(GrowthRule, IsSilentAboutWhatIsGivenBackAgainAndAgain) {
    for (int i = 0; i < 200; ++i) {
        work();
        keep();
        if (kept.size() == 17) loop.free(kept);
        if (i <= 17) continue;
        EXPECT_TRUE(loop.growths().empty()) << i;
    }
}

TEST_F(GrowthRule, IsSilentAboutGrowthThatWasGivenBack) {
    for (int i = 0; i < 30; ++i) {
        work();
        keep();
    }
    EXPECT_EQ(loop.growths().size(), 1u);
    loop.free(kept);
    EXPECT_TRUE(loop.growths().empty());
}

TEST_F(GrowthRule, RemembersWhatGrewUntilTheDeviceWasClosed) {
    for (int i = 0; i < 30; ++i) {
        work();
        keep();
    }
    for (const std::uint64_t id : kept) loop.close(id);
    EXPECT_EQ(only().allocations, 30u);
}

TEST_F(GrowthRule, TakesTheProgramsOwnMarks) {
    for (int i = 0; i < 20; ++i) {  // nothing is known of these places, and nothing comes and goes
        loop.make(0, Work::unknown);
        loop.mark(9);
    }
    EXPECT_TRUE(only().marks_given);
    EXPECT_EQ(only().mark_id.value, 9u);
    EXPECT_EQ(only().iterations, 20u);
    for (int i = 0; i < 8; ++i) loop.mark(9);
    EXPECT_TRUE(loop.growths().empty()) << "it stopped";
}

TEST_F(GrowthRule, RemembersWhatGrewUntilMemoryWasRefused) {
    for (int i = 0; i < 20; ++i) {
        work();
        keep();
    }
    loop.refuse();
    loop.free(kept);
    for (int i = 0; i < 40; ++i) work();
    EXPECT_EQ(only().allocations, 20u);
    EXPECT_TRUE(only().until_refused);
}

TEST_F(GrowthRule, DoesNotTakeWhatTheCloseFoundForGivenBack) {
    for (int i = 0; i < 20; ++i) {
        work();
        keep();
    }
    loop.refuse();
    for (const std::uint64_t id : kept) loop.close(id);
    EXPECT_EQ(only().allocations, 20u);
    EXPECT_FALSE(only().until_refused);
}

TEST_F(GrowthRule, CountsMarksOfAllThreads) {
    for (int i = 0; i < 20; ++i) {
        loop.make(0, Work::unknown);
        for (int thread = 0; thread < 4; ++thread) loop.mark(9);
    }
    EXPECT_EQ(only().iterations, 80u) << "one in four of what all threads do";
}

TEST_F(GrowthRule, SaysNothingWhileEventsAreMissing) {
    for (int i = 0; i < 30; ++i) {
        work();
        keep();
    }
    loop.lose(1);
    work();
    EXPECT_TRUE(loop.growths().empty());
}

TEST_F(GrowthRule, StartsAnewWhenEventsAreLost) {
    for (int i = 0; i < 30; ++i) {
        work();
        keep();
    }
    loop.lose(100);
    work();
    Look look;
    look.health.events_produced = loop.sequence();
    Row row;
    row.allocation.id = {kept[0]};
    row.allocation.kind = Kind::buffer;
    row.allocation.owner = Owner::user;
    row.allocation.set = {1};
    row.allocation.call_site = {kResult};
    row.allocation.bytes = 2048;
    look.live = {row};
    loop.ledger.catch_up(loop.tables, look);
    loop.ledger.catch_up(loop.tables, look);
    EXPECT_TRUE(loop.growths().empty()) << "nobody saw it grow";
    for (int i = 0; i < 20; ++i) {
        work();
        keep();
    }
    EXPECT_EQ(only().coverage, Coverage::at_least);
    EXPECT_EQ(only().allocations, 20u);
    EXPECT_EQ(only().points[2].allocations, 21u);
}

TEST_F(GrowthRule, LastsNoLongerForAProcessThatMeansIll) {
    for (std::uint32_t i = 0; i < 200000; ++i) {
        loop.make(1 + i % 5000, Work::computes, i);
        loop.mark(i);
    }
    EXPECT_LE(loop.growths().size(), kMostGrowing);
}

}  // namespace
}  // namespace plimsoll::ledger
