#include "export/page_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace plimsoll::exporting {
namespace {

constexpr std::size_t kMuch = 10 << 20;

findings::Report with_rows(std::size_t rows, ledger::ProcessState state) {
    findings::Report report;
    report.attached = true;
    ledger::ProcessView& process = report.snapshot.processes.emplace_back();
    process.state = state;
    for (std::size_t i = 0; i < rows; ++i) {
        ledger::AllocationView& row = process.held.emplace_back();
        row.id = 10 + 2 * i;
        row.kind = Kind::buffer;
        row.address = i % 2 == 0 ? 4096 : 1024;
        row.bytes = row.bytes_per_bank = 512;
        row.made_at_ns = 7000000 + 1000000 * (i % 9);
        row.age_ns = 9000000 - 1000000 * (i % 9);
    }
    process.held_count = rows;
    return report;
}

nlohmann::json more(const findings::Report& report, std::size_t most = kMuch) {
    return nlohmann::json::parse(page_data(report, {"fine", {"python"}, {}}, most).more);
}

TEST(PageJson, WritesWhatRowsShareOnceAndTheirNumbersAsDifferences) {
    const auto rows = more(with_rows(3, ledger::ProcessState::running))["allocations"];
    ASSERT_EQ(rows["places"].size(), 1u);
    EXPECT_EQ(rows["places"][0]["state"], "live");
    EXPECT_FALSE(rows["places"][0].contains("address"));
    EXPECT_EQ(rows["id"], "10,2,2");
    EXPECT_EQ(rows["address"], "4096,-3072,3072");
    EXPECT_EQ(rows["made_ms"], "0,1,1");
    EXPECT_EQ(rows["age_ms"], "9,-1,-1");
    EXPECT_EQ(rows["place"], "0,0,0");
}

TEST(PageJson, TimesAreToldFromTheFirstThatIsKnown) {
    findings::Report report = with_rows(1, ledger::ProcessState::running);
    ledger::RefusalView& refusal = report.snapshot.processes[0].refusals.emplace_back();
    refusal.refusal.refused_at_ns = 5000000;
    EXPECT_EQ(more(report)["refusals"][0]["at_ms"], 0);
    EXPECT_EQ(more(report)["allocations"]["made_ms"], "2");
}

TEST(PageJson, TellsRowsApartByHowTheyCameToAnEnd) {
    findings::Report report = with_rows(2, ledger::ProcessState::killed);
    report.snapshot.processes[0].ended = {report.snapshot.processes[0].held[0]};
    report.snapshot.processes[0].ended[0].ending = ledger::Ending::unreported;
    report.snapshot.processes[0].ended_count = {5};
    const auto rows = more(report)["allocations"];
    EXPECT_EQ(rows["count"], 7) << "two are held, and of five that ended one is listed";
    EXPECT_EQ(rows["listed"], 3);
    EXPECT_EQ(rows["places"][0]["state"], "held");
    EXPECT_EQ(rows["places"][1]["state"], "unreported");
}

TEST(PageJson, ANameIsNeverTakenForTwoOthers) {
    findings::Report report = with_rows(2, ledger::ProcessState::running);
    auto& rows = report.snapshot.processes[0].held;
    rows[0].call_site.frames = {{"a\nb", "c", 0}};
    rows[1].call_site.frames = {{"a", "b\nc", 0}};
    EXPECT_EQ(more(report)["allocations"]["places"].size(), 2u);
}

TEST(PageJson, HundredThousandRowsOfOnePlaceFitIntoAPage) {
    const PageData data =
        page_data(with_rows(100000, ledger::ProcessState::running), {}, 1800 * 1000);
    EXPECT_EQ(nlohmann::json::parse(data.more)["allocations"]["listed"], 100000);
}

TEST(PageJson, ListsAreCutWhereTheRoomEndsAndTheCountStaysTrue) {
    const auto report = with_rows(5000, ledger::ProcessState::running);
    const std::size_t most = page_data(report, {}, 0).report.size() + 4000;
    const PageData data = page_data(report, {}, most);
    EXPECT_LE(data.report.size() + data.more.size(), most + 500);
    const auto rows = nlohmann::json::parse(data.more)["allocations"];
    EXPECT_EQ(rows["count"], 5000);
    EXPECT_LT(rows["listed"], 5000);
    EXPECT_GT(rows["listed"], 10);
}

TEST(PageJson, AnOverlongPictureIsLeftOutAndNotEmpty) {
    findings::Report report = with_rows(1, ledger::ProcessState::running);
    report.findings.emplace_back();
    EXPECT_EQ(more(report)["findings"][0]["maps"], nlohmann::json::array());
    EXPECT_TRUE(more(report, 0)["findings"][0]["maps"].is_null());
}

TEST(PageJson, NothingInItCanEndAScript) {
    findings::Report report = with_rows(1, ledger::ProcessState::running);
    const std::string name = "</script><!--\u2028\u2029&amp;\xff";
    report.command = {name};
    report.snapshot.processes[0].held[0].call_site.op = name;
    const PageData data = page_data(report, {name, {}, {name}}, kMuch);
    for (const std::string& text : {data.report, data.more}) {
        EXPECT_EQ(text.find_first_of("<>&\n"), std::string::npos);
        EXPECT_EQ(text.find("\u2028"), std::string::npos);
        EXPECT_EQ(text.find("\u2029"), std::string::npos);
    }
    EXPECT_EQ(nlohmann::json::parse(data.report)["command"][0],
              "</script><!--\u2028\u2029&amp;\uFFFD");
}

}  // namespace
}  // namespace plimsoll::exporting
