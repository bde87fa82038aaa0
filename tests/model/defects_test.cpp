#include "model/defects.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <ostream>

#include "tests/model/observed.hpp"

namespace plimsoll::model {

// As a test that fails names it.
static void PrintTo(const KnownDefect& defect, std::ostream* to) { *to << defect.name; }

namespace {

using Codes = std::set<std::string>;

Codes codes_of(const KnownDefect& defect) {
    Codes codes;
    for (const std::string_view code : defect.findings) {
        if (!code.empty()) codes.emplace(code);
    }
    return codes;
}

Observed run(const KnownDefect& defect, Defects switches) {
    return observe(defect.machine, defect.release, switches, defect.program);
}

// This process cannot crash: it stops where the program would, and is said to have crashed.
Observed crash(const KnownDefect& defect) {
    const auto until_the_capture = [](Session& session) {
        session.open_device(0, {});
        session.allocate("weights", {.size = 2048, .page_size = 2048});
    };
    return observe(defect.machine, defect.release, {}, until_the_capture, SIGSEGV);
}

class DefectTest : public testing::TestWithParam<KnownDefect> {};

TEST_P(DefectTest, GivesItsFindingsAndNoOther) {
    const KnownDefect& defect = GetParam();
    const bool crashes = defect.switches.has(Defect::capture_crashes);
    const Observed seen = crashes ? crash(defect) : run(defect, defect.switches);
    EXPECT_EQ(seen.codes, codes_of(defect));
    const bool too_many_frees = defect.switches.has(Defect::double_report) ||
                                defect.switches.has(Defect::free_without_allocate);
    EXPECT_EQ(seen.unmatched_frees() > 0, too_many_frees);
}

TEST_P(DefectTest, GivesNoneWhenItIsSwitchedOff) {
    const Observed seen = run(GetParam(), {});
    EXPECT_EQ(seen.codes, Codes{});
    EXPECT_EQ(seen.unmatched_frees(), 0u);
    EXPECT_EQ(seen.snapshot.totals.reported_active_allocations, 0u);
}

INSTANTIATE_TEST_SUITE_P(Table, DefectTest,
                         testing::ValuesIn(known_defects().begin(), known_defects().end()),
                         [](const auto& row) {
                             std::string name = row.param.name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST(Defects, EachHasARow) {
    constexpr auto kLast = static_cast<int>(Defect::profiler_allocates);
    for (int i = 0; i <= kLast; ++i) {
        const bool found = std::any_of(
            known_defects().begin(), known_defects().end(),
            [i](const KnownDefect& row) { return row.switches.has(static_cast<Defect>(i)); });
        EXPECT_TRUE(found) << i;
    }
}

// Those that can happen one after the other in one process.
std::vector<const KnownDefect*> combinable() {
    std::vector<const KnownDefect*> all;
    for (const KnownDefect& defect : known_defects()) {
        const bool ends_it = defect.switches.has(Defect::capture_crashes) ||
                             defect.switches.has(Defect::fixture_forgets_close);
        if (defect.machine == std::string_view("n150") && !ends_it) all.push_back(&defect);
    }
    return all;
}

TEST(Defects, TwoInOneProcessGiveTheFindingsOfBothAndNoOther) {
    for (const KnownDefect* one : combinable()) {
        for (const KnownDefect* other : combinable()) {
            SCOPED_TRACE(std::string(one->name) + ", then " + other->name);
            const Defects both = one->switches | other->switches;
            Codes expected = run(*one, both).codes;
            expected.merge(run(*other, both).codes);
            const auto one_then_other = [&](Session& session) {
                one->program(session);
                other->program(session);
            };
            EXPECT_EQ(observe("n150", "0.81.1", both, one_then_other).codes, expected);
        }
    }
}

TEST(MeshReportsOnce, CountsOnEveryChipAllTheSame) {
    const KnownDefect& defect = *find_defect("mesh-reports-once");
    for (const Defects switches : {defect.switches, Defects{}}) {
        const Observed seen = run(defect, switches);
        ASSERT_EQ(seen.snapshot.devices.size(), 8u);
        for (const ledger::DeviceUse& device : seen.snapshot.devices) {
            EXPECT_EQ(device.l1_per_core.peak.value, 12288u) << device.device;
        }
        ASSERT_EQ(seen.snapshot.kinds.size(), 1u);
        EXPECT_EQ(seen.snapshot.kinds[0].allocations, 3u);
    }
}

}  // namespace
}  // namespace plimsoll::model
