#include "export/sarif_json.hpp"

#include <gtest/gtest.h>

#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

struct Case {
    findings::Report report;
    gate::Verdict verdict;

    Case() {
        report.attached = true;
        report.exit_code = 3;
        report.command = {"python", "model.py"};
        report.findings.resize(2);
        report.findings[0].code = "left-at-exit";
        report.findings[0].severity = findings::Severity::error;
        report.findings[0].places = {place("/project/my model.py", 12), place("<stdin>", 0)};
        report.findings[1].code = "program-cache-holds";
        report.findings[1].places = {findings::Place{}};
        report.snapshot.devices.resize(1);
        report.snapshot.devices[0].regions[0].peak.value = 3000;
        judge({});
    }

    void judge(std::optional<gate::Baseline> baseline) {
        verdict = gate::judge(report, {{"error"}, std::move(baseline), {{Region::dram, 2000}}});
    }

    [[nodiscard]] Json run(bool has_baseline = false) const {
        return Json::parse(sarif_json(report, verdict, has_baseline, "/project/"))["runs"][0];
    }

    static findings::Place place(const char* file, std::uint32_t line) {
        findings::Place made;
        made.owner = Owner::user;
        made.kind = Kind::buffer;
        made.call_site.frames = {{file, "forward", line}, {"/lib/run.py", "main", 1}};
        made.on_device[0] = {1, 4096};
        return made;
    }
};

TEST(Sarif, HasAResultForEachPlaceWithItsLine) {
    const Json results = Case().run()["results"];
    ASSERT_EQ(results.size(), 4u);
    const Json place = results[0]["locations"][0]["physicalLocation"];
    EXPECT_EQ(place["artifactLocation"]["uri"], "my%20model.py");
    EXPECT_EQ(place["artifactLocation"]["uriBaseId"], "SRCROOT");
    EXPECT_EQ(place["region"]["startLine"], 12);
    const Json stack = results[0]["stacks"][0]["frames"];
    EXPECT_EQ(stack[1]["location"]["physicalLocation"]["artifactLocation"]["uri"],
              "file:///lib/run.py");
    const Json no_file = results[1]["locations"][0]["physicalLocation"];
    EXPECT_EQ(no_file["artifactLocation"]["uri"], "%3Cstdin%3E");
    EXPECT_FALSE(no_file.contains("region")) << "lines begin with 1";
    const Json unknown = results[2]["locations"][0]["physicalLocation"];
    EXPECT_EQ(unknown["artifactLocation"]["uri"], "python") << "the command stands for it";
    EXPECT_EQ(results[2]["level"], "note");
    EXPECT_EQ(results[3]["ruleId"], "peak-above-limit");
}

TEST(Sarif, HasARuleForEachCodeThatOccurs) {
    const Json run = Case().run();
    const Json rules = run["tool"]["driver"]["rules"];
    ASSERT_EQ(rules.size(), 3u);
    for (const Json& result : run["results"]) {
        const Json& rule = rules[result["ruleIndex"].get<std::size_t>()];
        EXPECT_EQ(rule["id"], result["ruleId"]);
        EXPECT_FALSE(rule["help"]["text"].get<std::string>().empty());
        EXPECT_FALSE(rule["fullDescription"]["text"].get<std::string>().empty());
    }
    EXPECT_EQ(run["invocations"][0]["exitCode"], 3);
}

TEST(Sarif, WhatTheBaselineAcceptsIsSuppressed) {
    Case one;
    one.judge(gate::baseline_of(one.report, one.verdict));
    const Json results = one.run(true)["results"];
    EXPECT_EQ(results[0]["baselineState"], "unchanged");
    EXPECT_EQ(results[0]["suppressions"][0]["kind"], "external");
    EXPECT_FALSE(results[2].contains("baselineState")) << "not judged";
    one.judge(gate::Baseline{});
    EXPECT_EQ(one.run(true)["results"][0]["baselineState"], "new");
    EXPECT_FALSE(one.run(true)["results"][0].contains("suppressions"));
}

}  // namespace
}  // namespace plimsoll::exporting
