#include "model/defects.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "collect/collector.hpp"
#include "findings/judge.hpp"
#include "ledger/merge.hpp"

// Every defect, from the model through the client, its segment, the collector and the ledger to the
// findings, in one process.
namespace plimsoll::model {

// As a test that fails names it.
static void PrintTo(const KnownDefect& defect, std::ostream* to) { *to << defect.name; }

namespace {

struct Seen {
    ledger::Snapshot snapshot;
    std::set<std::string> codes;
    [[nodiscard]] std::uint64_t unmatched_frees() const {
        return snapshot.processes.front().health.unmatched_frees;
    }
};

// Runs the defect's program with these switches and looks at what came of it. `status`: how its
// process is taken to have ended, as wait() tells it.
Seen run(const KnownDefect& defect, Defects switches, int status = 0) {
    const std::string socket =
        std::filesystem::temp_directory_path() / ("plimsoll-defects." + std::to_string(::getpid()));
    std::filesystem::remove(socket);
    collect::Collector collector(collect::Listener::listen(socket).value());
    Session session(*machines::find(defect.machine), *find_release(defect.release), switches);
    EXPECT_TRUE(session.observe({.socket_path = socket.c_str(), .verify = true}));
    std::filesystem::remove(socket);
    if (WIFSIGNALED(status)) {
        session.open_device(0, {});
        session.allocate("weights", {.size = 2048, .page_size = 2048});
    } else {
        defect.program(session);
        session.end();
    }
    Seen seen;
    seen.snapshot = ledger::merge(collector.views(::getpid(), status));
    EXPECT_EQ(seen.snapshot.processes.size(), 1u);
    EXPECT_EQ(seen.snapshot.totals.active_allocations, 0u);
    EXPECT_GT(seen.snapshot.totals.allocations, 0u);
    EXPECT_EQ(seen.snapshot.totals.events.lost, 0u);
    for (const findings::Finding& finding : findings::judge(seen.snapshot, {})) {
        seen.codes.insert(finding.code);
    }
    return seen;
}

std::set<std::string> codes_of(const KnownDefect& defect) {
    std::set<std::string> codes;
    for (const std::string_view code : defect.findings) {
        if (!code.empty()) codes.emplace(code);
    }
    return codes;
}

class DefectTest : public testing::TestWithParam<KnownDefect> {};

TEST_P(DefectTest, GivesItsFindingsAndNoOther) {
    const KnownDefect& defect = GetParam();
    // A crash cannot be had in this process: it is told of one.
    const int status = defect.switches.has(Defect::capture_crashes) ? SIGSEGV : 0;
    const Seen seen = run(defect, defect.switches, status);
    EXPECT_EQ(seen.codes, codes_of(defect));
    const bool too_many_frees = defect.switches.has(Defect::double_report) ||
                                defect.switches.has(Defect::free_without_allocate);
    EXPECT_EQ(seen.unmatched_frees() > 0, too_many_frees);
}

TEST_P(DefectTest, GivesNoneWhenItIsSwitchedOff) {
    const Seen seen = run(GetParam(), {});
    EXPECT_EQ(seen.codes, std::set<std::string>{});
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

TEST(MeshReportsOnce, CountsOnEveryChipAllTheSame) {
    const KnownDefect& defect = *find_defect("mesh-reports-once");
    for (const Defects switches : {defect.switches, Defects{}}) {
        const Seen seen = run(defect, switches);
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
