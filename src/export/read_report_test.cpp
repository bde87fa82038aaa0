#include "export/read_report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "export/json.hpp"
#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

findings::Report read(const std::string& text) {
    auto read = read_report(text);
    const auto* report = std::get_if<findings::Report>(&read);
    EXPECT_NE(report, nullptr) << std::get<NotAReport>(read).what;
    return report == nullptr ? findings::Report{} : *report;
}

std::string refused(const std::string& text) {
    const auto read = read_report(text);
    const auto* problem = std::get_if<NotAReport>(&read);
    return problem == nullptr ? "it was taken" : problem->what;
}

std::string with_finding(const std::string& finding) {
    return R"({"schema": 1, "findings": [)" + finding + "]}";
}

TEST(ReadReport, RefusesWhatIsNone) {
    EXPECT_EQ(refused(""), "is empty");
    EXPECT_EQ(refused("plimsoll: nothing is left\n"),
              "is the report as text, which is told already");
    EXPECT_EQ(refused("hello"), "is not JSON: it goes wrong at byte 1");
    EXPECT_EQ(refused(R"({"schema": 1, "findings": [)"), "is cut: its JSON has no end");
    EXPECT_EQ(refused("\xff\xfe"), "is not JSON: it goes wrong at byte 1");
    EXPECT_EQ(refused(R"({"schema": 1e999})"), "has a number that is too large for any");
    EXPECT_EQ(refused(R"({"schema": 2, "findings": []})"), "is a report of schema 2");
    for (const char* json : {"[]", "7", "null", "{}", R"({"schema": "1", "findings": []})",
                             R"({"schema": 1})", R"({"schema": 1, "findings": {}})"}) {
        EXPECT_EQ(refused(json), "is JSON, but no report of Plimsoll") << json;
    }
}

TEST(ReadReport, IsNotBroughtDownByDepth) {
    constexpr std::size_t kDeep = 1000000;
    const std::string open(kDeep, '['), close(kDeep, ']');
    EXPECT_EQ(refused(open + close), "is nested too deep");
    EXPECT_EQ(refused(open), "is cut: its JSON has no end");
    EXPECT_EQ(refused(with_finding(open + close)), "is nested too deep");
}

TEST(ReadReport, TakesFieldsOfAnyType) {
    for (
        const char* field :
        {"null", "true", "-1", "1e300", "18446744073709551616", "\"x\"", "[]", "{}", "[[1], null]",
         R"([{"address": -1, "bytes_per_bank": "4", "devices": [99999999999], "cores": [7, [1]]}])",
         R"({"bank": {"address": 5, "end": 2}, "blocks": [{"holder": -3}], "own": 4})"}) {
        std::string finding = R"({"verdict": "clash", "request": {"kind": 7}, "code": "x")";
        for (const char* name :
             {"severity", "title", "count", "bytes", "devices", "allocations", "evidence",
              "evidence_count", "fix", "sections", "holders", "moment", "remedy", "allocator",
              "per_iteration", "iterations", "missing_bytes_per_bank", "cause"}) {
            finding += std::string(", \"") + name + "\": " + field;
        }
        const findings::Report report = read(with_finding(finding + "}"));
        ASSERT_EQ(report.findings.size(), 1u) << field;
        EXPECT_FALSE(report.findings[0].refused->moment.bank);
    }
    EXPECT_EQ(read(with_finding("7, null, [], {}")).findings.size(), 4u);
}

TEST(ReadReport, CutsListsAndTextsThatHaveNoEnd) {
    std::string finding = R"({"title": ")" + std::string(100000, 'x') + R"(", "evidence": [)";
    for (int i = 0; i < 5000; ++i) finding += "\"line\", ";
    finding += R"("last"], "devices": [)";
    for (int i = 0; i < 5000; ++i) finding += "7, ";
    const findings::Finding read_back = read(with_finding(finding + "7]}")).findings.at(0);
    EXPECT_LE(read_back.title.size(), 5000u);
    EXPECT_EQ(read_back.evidence.size(), findings::kMaxRows);
    EXPECT_LE(read_back.devices.size(), 256u);
}

TEST(ReadReport, ReadsTheBanksOfDevicesAlsoWhereAProcessHasThem) {
    const std::string devices =
        R"("devices": [{"device": 3, "banks": {"l1": {"count": 64, "address": 7, "bytes": 90}}}])";
    for (const std::string& text :
         {R"({"schema": 1, "findings": [], )" + devices + "}",
          R"({"schema": 1, "findings": [], "process": {)" + devices + "}}"}) {
        const auto report = read(text);
        ASSERT_EQ(report.snapshot.devices.size(), 1u) << text;
        const auto& bank = report.snapshot.devices[0].regions[1].bank;
        EXPECT_EQ(report.snapshot.devices[0].device, 3);
        EXPECT_EQ(bank.base, 7u);
        EXPECT_EQ(bank.bytes_per_bank, 90u);
    }
}

}  // namespace
}  // namespace plimsoll::exporting
