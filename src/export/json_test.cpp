#include "export/json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

nlohmann::json exported(const findings::Report& report) {
    return nlohmann::json::parse(to_json(report));
}

findings::Report with_process(ledger::ProcessState state, std::size_t rows) {
    findings::Report report;
    report.attached = true;
    report.snapshot.processes.resize(1);
    report.snapshot.processes[0].state = state;
    report.snapshot.processes[0].held.resize(rows);
    report.snapshot.processes[0].held_count = rows;
    return report;
}

TEST(Json, NamesItsSchemaAndVersion) {
    const auto json = exported({});
    EXPECT_EQ(json["schema"], 1);
    EXPECT_EQ(json["plimsoll"], PLIMSOLL_VERSION);
}

TEST(Json, IsNullWhereNothingIsKnown) {
    const auto json = exported({});
    EXPECT_TRUE(json["exit"]["code"].is_null());
    EXPECT_TRUE(json["runtime"]["package"].is_null());
    EXPECT_TRUE(json["totals"]["active_allocations"].is_null()) << "nothing attached: not 0";
}

TEST(Json, ListsLiveRowsOfRunningProcessesOnly) {
    EXPECT_EQ(exported(with_process(ledger::ProcessState::running, 3))["live"].size(), 3u);
    const auto dead = exported(with_process(ledger::ProcessState::killed, 3));
    EXPECT_EQ(dead["live"].size(), 0u);
    EXPECT_EQ(dead["live_count"], 0);
}

TEST(Json, CutsRowsAndKeepsTheTrueCount) {
    const auto json = exported(with_process(ledger::ProcessState::running, 250));
    EXPECT_EQ(json["live"].size(), findings::kMaxRows);
    EXPECT_EQ(json["live_count"], 250);
}

TEST(Json, AFigureThatIsNotKnownIsNullBesideItsCoverage) {
    findings::Report report;
    report.snapshot.devices.resize(1);
    auto& use = report.snapshot.devices[0].regions[0];
    use.capacity.coverage = Coverage::unknown;
    use.peak = {7, Coverage::at_least};
    const auto device = exported(report)["devices"][0];
    EXPECT_TRUE(device["capacity"]["dram"].is_null());
    EXPECT_EQ(device["peak"]["dram"], 7);
    EXPECT_EQ(device["coverage"]["dram"]["peak"], "at_least");
    EXPECT_FALSE(device["peak"].contains("trace")) << "a small region nobody used";
}

TEST(Json, TheLeastKnownCoverageOfAKindWins) {
    findings::Report report;
    report.snapshot.processes.resize(2);
    report.snapshot.processes[0].coverage = {{subject(Kind::buffer), Coverage::exact, ""}};
    report.snapshot.processes[1].coverage = {{subject(Kind::buffer), Coverage::at_least, "late"}};
    const auto coverage = exported(report)["runtime"]["coverage"];
    ASSERT_EQ(coverage.size(), 1u);
    EXPECT_EQ(coverage[0]["state"], "at_least");
    EXPECT_EQ(coverage[0]["why"], "late");
}

TEST(Json, ReplacesBytesThatAreNotUtf8) {
    findings::Report report;
    report.command = {"\xff\xfe"};
    EXPECT_EQ(exported(report)["command"][0], "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Json, CountsWhatEndedWithItsProcess) {
    findings::Report report;
    report.snapshot.kinds = {{Kind::buffer, 5, 2, 5, 2, 0, 0, {}},
                             {Kind::trace, 0, 0, 0, 0, 0, 0, {}}};
    const auto kinds = exported(report)["by_kind"];
    EXPECT_EQ(kinds["buffer"]["ended_with_process"], 3);
    EXPECT_FALSE(kinds.contains("trace")) << "it never occurred";
}

}  // namespace
}  // namespace plimsoll::exporting
