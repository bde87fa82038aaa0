#include "export/recording.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "export/read_report.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::size_t kMuch = 1 << 20;

// One is held, two were freed, one of which is not listed any more.
findings::Report with_history() {
    findings::Report report;
    report.attached = true;
    ledger::ProcessView& process = report.snapshot.processes.emplace_back();
    process.identity.pid = 12;
    ledger::AllocationView& held = process.held.emplace_back();
    held.id = 4;
    held.made_at_ns = 9000000;
    process.held_count = 1;
    ledger::HistoryView& history = process.history.emplace();
    ledger::AllocationView& placement = history.placements.emplace_back();
    placement.pid = 12;
    placement.bytes = 512;
    placement.program = ledger::Program{0, "reader", {}};
    history.freed = {{0, 2, 4096, 7000000, 3, 8000000}};
    history.freed_count = 2;
    history.marks = {{5, 8000000, {}, 0, "step"}};
    history.mark_count = 3;
    history.windows = {{1, 6000000, 6, 10000000, "load"}, {7, 11000000, {}, 0, "run"}};
    history.window_count = 2;
    return report;
}

nlohmann::json more(const findings::Report& report, std::size_t most = kMuch) {
    return nlohmann::json::parse(page_data(report, {}, most).more);
}

TEST(Recording, WhatWasFreedStandsBehindWhatIsHeld) {
    const auto rows = more(with_history())["allocations"];
    EXPECT_EQ(rows["count"], 3);
    EXPECT_EQ(rows["listed"], 2);
    EXPECT_EQ(rows["places"][1]["state"], "freed");
    EXPECT_EQ(rows["places"][1]["program"]["label"], "reader");
    EXPECT_TRUE(rows["places"][1]["program"]["id"].is_null());
    EXPECT_EQ(rows["id"], "4,-2");
    EXPECT_EQ(rows["over"], "0,3");
    EXPECT_EQ(rows["made_ms"], "3,-2") << "from the first window on";
    EXPECT_EQ(rows["age_ms"], "0,1");
}

TEST(Recording, WhatMayHaveComeToAnotherEndIsNotCalledFreed) {
    findings::Report report = with_history();
    report.snapshot.processes[0].history->all_ordinary = false;
    EXPECT_EQ(more(report)["allocations"]["places"][1]["state"], "over");
}

TEST(Recording, TellsMarksAndWindowsAndWhatIsMissing) {
    const auto history = more(with_history())["history"];
    EXPECT_EQ(history["freed"], 2);
    EXPECT_EQ(history["missing"], 1);
    EXPECT_EQ(history["is_exact"], true);
    EXPECT_EQ(history["marks"][0],
              nlohmann::json({{"pid", 12}, {"name", "step"}, {"at_ms", 2}, {"id", 5}}));
    EXPECT_EQ(history["marks_count"], 3);
    EXPECT_EQ(history["windows"][0]["to_ms"], 4);
    EXPECT_EQ(history["windows"][0]["over"], 6);
    EXPECT_TRUE(history["windows"][1]["to_ms"].is_null());
}

TEST(Recording, WithoutAHistoryThereIsNone) {
    findings::Report report = with_history();
    report.snapshot.processes[0].history.reset();
    EXPECT_TRUE(more(report)["history"].is_null());
}

TEST(Recording, OneThatMissedEventsIsNotExact) {
    findings::Report report = with_history();
    report.snapshot.processes.push_back(report.snapshot.processes[0]);
    report.snapshot.processes[0].history->coverage = Coverage::at_least;
    EXPECT_EQ(more(report)["history"]["is_exact"], false);
    EXPECT_EQ(more(report)["history"]["freed"], 4);
}

TEST(Recording, WhereTheRoomEndsTheNewestStay) {
    findings::Report report = with_history();
    auto& freed = report.snapshot.processes[0].history->freed;
    for (std::uint64_t i = 0; i < 5000; ++i) freed.push_back({0, 10 + 2 * i, 0, 0, 11 + 2 * i, 0});
    report.snapshot.processes[0].history->freed_count = freed.size();
    const auto cut = more(report, page_data(report, {}, 0).report.size() + 6000);
    EXPECT_EQ(cut["allocations"]["count"], freed.size() + 1);
    EXPECT_GT(cut["allocations"]["listed"], 10);
    EXPECT_EQ(cut["history"]["missing"].get<std::size_t>() +
                  cut["allocations"]["listed"].get<std::size_t>() - 1,
              freed.size());
    EXPECT_TRUE(cut["allocations"]["id"].get<std::string>().starts_with("4,10004,-2,"));
}

TEST(Recording, IsReadAsItWasWritten) {
    const PageData data = page_data(with_history(), {"fine", {}, {"a <note>"}}, kMuch);
    const std::string text = recording(data);
    const std::optional<PageData> read = recorded_page(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->report, data.report);
    EXPECT_EQ(read->more, data.more);
    EXPECT_TRUE(std::holds_alternative<findings::Report>(read_report(text)));
    EXPECT_FALSE(recorded_page(data.report)) << "a plain report";
}

TEST(Recording, OneOfAnotherFormIsRefused) {
    const auto read = read_report(R"({"recording":2,"report":{"schema":1,"findings":[]}})");
    ASSERT_TRUE(std::holds_alternative<NotAReport>(read));
    EXPECT_EQ(std::get<NotAReport>(read).what, "is a recording of form 2");
}

TEST(Recording, OneWithoutAReportIsRefused) {
    EXPECT_TRUE(std::holds_alternative<NotAReport>(read_report(R"({"recording":1})")));
}

}  // namespace
}  // namespace plimsoll::exporting
