#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/demo_defect.hpp"
#include "cli/demo_story.hpp"
#include "export/demo_json.hpp"
#include "export/doctor_json.hpp"
#include "export/explain_json.hpp"
#include "export/json.hpp"
#include "export/machines_json.hpp"
#include "export/page_json.hpp"
#include "export/ps_json.hpp"
#include "export/read_report.hpp"
#include "findings/words.hpp"
#include "fleet/fleet.hpp"
#include "metrics/exposition.hpp"
#include "metrics/families.hpp"
#include "tests/golden/scene_of_doctor.hpp"
#include "tests/golden/scenes.hpp"
#include "view/doctor_text.hpp"
#include "view/explain_text.hpp"
#include "view/fleet_table.hpp"
#include "view/holdings.hpp"
#include "view/leaks_text.hpp"
#include "view/machine_table.hpp"
#include "view/map_svg.hpp"
#include "view/ps_table.hpp"
#include "view/sections.hpp"
#include "view/statistics.hpp"
#include "view/text.hpp"
#include "view/text_report.hpp"
#include "web/page.hpp"

namespace plimsoll::golden {
namespace {

struct Scene {
    const char* name;
    findings::Report (*make)();
};

constexpr Scene kScenes[] = {{"seed-0.66.0", seed_on_0_66_0},
                             {"seed-0.81.1", seed_on_0_81_1},
                             {"killed", killed},
                             {"outlives-device", outlives_device},
                             {"grows", grows},
                             {"left-at-exit", left_at_exit},
                             {"cache-holds", cache_holds},
                             {"out-of-memory", out_of_memory},
                             {"clash", clash},
                             {"not-attached", not_attached},
                             {"lost-events", lost_events},
                             {"many-rows", many_rows},
                             {"several-processes", several_processes},
                             {"unattributed", unattributed},
                             {"differs", differs},
                             {"running", running},
                             {"hostile-names", hostile_names}};

const Scene& scene(const std::string& name) {
    return *std::find_if(std::begin(kScenes), std::end(kScenes),
                         [&name](const Scene& one) { return one.name == name; });
}

class Golden : public testing::TestWithParam<Scene> {
  public:
    // Equal to the file, or the file is written when a renewal was asked for.
    static void compare(const std::string& name, const std::string& text) {
        const auto path = std::filesystem::path(PLIMSOLL_GOLDEN_FOLDER) / name;
        if (std::getenv("PLIMSOLL_RENEW_GOLDEN") != nullptr) {
            std::ofstream(path, std::ios::binary) << text;
            return;
        }
        std::ostringstream golden;
        golden << std::ifstream(path, std::ios::binary).rdbuf();
        EXPECT_EQ(text, golden.str()) << "renew with PLIMSOLL_RENEW_GOLDEN=1 and read the diff";
    }
};

TEST_P(Golden, TextIsTheFile) {
    compare(std::string(GetParam().name) + ".txt", view::text_report(GetParam().make(), {}));
}

TEST_P(Golden, JsonIsTheFile) {
    compare(std::string(GetParam().name) + ".json", exporting::to_json(GetParam().make()));
}

// What a page has beside its report; tests in a browser show these.
TEST(GoldenPage, HasTheFilesBesideTheReport) {
    for (const char* name : {"clash", "hostile-names", "not-attached", "running", "seed-0.66.0"}) {
        const findings::Report report = scene(name).make();
        const exporting::PageData data = exporting::page_data(
            report, {view::verdict(report), view::run_parts(report), view::notes_of(report)},
            web::kLargestPage);
        const auto more = nlohmann::ordered_json::parse(data.more);
        Golden::compare(std::string("page-") + name + ".json", more.dump(2) + "\n");
    }
}

// A report as it is after it was written, with everything there is to say about it.
struct ReadBack {
    findings::Report report;
    std::vector<findings::Explanation> explanations;
};

ReadBack read_back(const findings::Report& report) {
    ReadBack back;
    back.report = std::get<findings::Report>(exporting::read_report(exporting::to_json(report)));
    for (const findings::Finding& finding : back.report.findings) {
        back.explanations.push_back({back.explanations.size() + 1, finding,
                                     findings::maps_of(finding, back.report.snapshot.devices)});
    }
    return back;
}

TEST(GoldenExplain, AreTheFiles) {
    for (const char* name :
         {"clash", "out-of-memory", "outlives-device", "killed", "seed-0.66.0"}) {
        const ReadBack back = read_back(scene(name).make());
        const std::string file = std::string("explain-") + name;
        Golden::compare(file + ".txt", view::explain_text(back.report, back.explanations, {}));
    }
    const ReadBack clashes = read_back(clash());
    Golden::compare("explain-list.txt", view::finding_list(clashes.report, "report.json", {}));
    Golden::compare("explain-clash.json", exporting::explain_json(clashes.explanations));
    Golden::compare("explain-clash.svg", view::maps_svg(clashes.explanations));
    Golden::compare("explain-clash-blocks.txt",
                    view::explain_text(clashes.report, clashes.explanations,
                                       {view::Colour::off, view::Glyphs::blocks}));
}

TEST_P(Golden, FindingsAreReadAsTheyWereWritten) {
    const auto written = nlohmann::json::parse(exporting::to_json(GetParam().make()));
    const auto again =
        nlohmann::json::parse(exporting::to_json(read_back(GetParam().make()).report));
    EXPECT_EQ(written["findings"], again["findings"]);
}

TEST_P(Golden, SentencesOfAReportThatIsReadAreThoseOfTheReport) {
    if (GetParam().name == std::string("hostile-names")) return;  // not UTF-8, which JSON has to be
    const findings::Report report = GetParam().make();
    const findings::Report again = read_back(report).report;
    EXPECT_EQ(view::verdict(again), view::verdict(report));
    EXPECT_EQ(view::run_parts(again), view::run_parts(report));
    EXPECT_EQ(view::notes_of(again), view::notes_of(report));
}

TEST_P(Golden, AnExplanationIsNeverWiderThanThePage) {
    const ReadBack back = read_back(GetParam().make());
    for (const view::Glyphs glyphs : {view::Glyphs::ascii, view::Glyphs::blocks}) {
        std::istringstream text(
            view::explain_text(back.report, back.explanations, {view::Colour::off, glyphs}));
        for (std::string line; std::getline(text, line);) {
            EXPECT_LE(view::display_width(line), view::kColumns) << line;
            EXPECT_EQ(view::printable(line), line);
        }
    }
}

TEST(GoldenMachines, AreTheFiles) {
    Golden::compare("machines.txt", view::machine_table(machines::all()));
    Golden::compare("machines.json", exporting::machines_json(machines::all()));
}

// Runs it: what a person sees first.
TEST(GoldenDemo, IsTheFile) { Golden::compare("demo.txt", cli::text(cli::tell_demo_story(), {})); }

TEST(GoldenDefects, AreTheFiles) {
    Golden::compare("defects.txt", cli::defect_table(model::known_defects(), {}));
    Golden::compare("defects.json", exporting::defects_json(model::known_defects()));
}

TEST(GoldenDoctor, AreTheFiles) {
    Golden::compare("doctor.txt", view::doctor_text(unknown_release_without_hardware(), {}));
    Golden::compare("doctor.json", exporting::doctor_json(unknown_release_without_hardware()));
}

// One process that runs on two chips, and one that has died.
metrics::Scene metrics_scene() {
    metrics::Scene scene;
    metrics::Process process;
    process.figures = running().snapshot.processes.front();
    process.figures.coverage = {{subject(Kind::buffer), Coverage::exact, ""},
                                {subject(Kind::kernel_binary), Coverage::unknown, "not seen"}};
    for (const ledger::DeviceUse& device : process.figures.devices) {
        ledger::DeviceHoldings holdings{device.device, {}, {}};
        holdings.kinds = {{Region::dram, Kind::buffer, 140, 3u << 20, 3000000}};
        holdings.largest_free[0] = 1u << 30;
        process.holdings.push_back(holdings);
        metrics::DeviceMaximum most{device.device, device.arch};
        most.regions[0] = 4u << 20;
        scene.maxima.push_back(most);
    }
    process.lost_events = 3;
    scene.running = {process};
    scene.ended.add(killed().snapshot.processes.front(), 0);
    scene.ended.findings["process-died-holding"] = 1;
    upstream::Statistics chip;
    chip.asic = 4294967297;
    chip.updated_ns = 1700000003999999999;
    chip.total.regions = {983040, 12288, 0, 0, 0};
    chip.processes = {{4712, "python", chip.total, chip.updated_ns}};
    scene.upstream.chips = {chip};
    scene.upstream.running = {4712};
    scene.server = {1700000000, 9 << 20, 12, 30};
    scene.detail.processes = true;
    return scene;
}

TEST(GoldenSightings, AreTheFiles) {
    const ledger::Snapshot snapshot = running().snapshot;
    ledger::ProcessView other = snapshot.processes.front();
    other.identity.pid += 1;
    other.identity.user = "ada";
    other.identity.namespace_pid = 7;
    other.identity.command = "python train.py";
    other.identity.container = std::string(64, 'c');
    other.identity.rank = 3;
    const std::vector<std::string> notes = {"process 12 has a segment that is refused: too small"};
    const std::vector<ledger::Unwatched> unwatched = {{4713, "pytest", 1000, "ada", {}},
                                                      {4714, "server", 0, "root", {0, 3}}};
    Golden::compare("ps.txt",
                    view::ps_table({{snapshot.processes.front(), other}, unwatched, notes}, {}));
    Golden::compare("statistics.txt", view::statistics(snapshot));
    Golden::compare("last-words.txt", findings::last_word(other) + "\n" +
                                          findings::last_word(killed().snapshot.processes.front()) +
                                          "\n");
    Golden::compare("ps-none.txt", view::ps_table({}, {}));
    Golden::compare("ps.json", exporting::ps_json({{other}, unwatched, notes}));
    Golden::compare("ps-upstream.json", exporting::ps_json({}, metrics_scene().upstream));
    Golden::compare("show-by-site.txt",
                    view::holdings(other, view::By::site, view::Shown::all, {}));
    Golden::compare("show-by-device.txt",
                    view::holdings(other, view::By::device, view::Shown::all, {}));
    Golden::compare("show-by-program.txt",
                    view::holdings(other, view::By::program, view::Shown::all, {}));
    Golden::compare("leaks-none.txt", view::leaks_text(other, {}, {}));
    const findings::Report left = outlives_device();
    const ledger::ProcessView& process = left.snapshot.processes.front();
    Golden::compare("leaks.txt", view::leaks_text(process, left.findings, {}));
}

TEST(GoldenMetrics, AreTheFiles) {
    using metrics::Format;
    const std::vector<metrics::Family> families = metrics::families(metrics_scene());
    Golden::compare("metrics.txt", metrics::exposition(families, Format::text));
    Golden::compare("metrics-openmetrics.txt", metrics::exposition(families, Format::open_metrics));
}

TEST(GoldenFleet, AreTheFiles) {
    fleet::Fleet fleet;
    fleet.hosts = 998;
    fleet.silent = {"rack7-3:9464"};
    fleet.silent_count = 2;
    fleet.chips = 31936;
    fleet.processes = 1200;
    fleet.fullest = {{"rack1-1:9464", "5", "wormhole_b0", "dram", 12670153523, 12884901504},
                     {"rack1-2:9464", "31", "wormhole_b0", "l1_per_core", 1300000, 1393312}};
    fleet.largest = {{"rack1-1:9464", "4711", "python", "ada", 405445632}};
    fleet.findings = {{"rack1-1:9464", "grows-per-iteration", 1, 12},
                      {"rack1-2:9464", "process-died-holding", 0, 3}};
    Golden::compare("fleet.txt", view::fleet_table(fleet, {}));
    Golden::compare("fleet.json", fleet::fleet_json(fleet));
    fleet.largest.clear();
    fleet.silent_count = 0;
    fleet.silent.clear();
    Golden::compare("fleet-without-names.txt", view::fleet_table(fleet, {}));
}

TEST_P(Golden, NoLineIsWiderThanThePage) {
    std::istringstream text(view::text_report(GetParam().make(), {}));
    for (std::string line; std::getline(text, line);) {
        EXPECT_LE(view::display_width(line), view::kColumns) << line;
        EXPECT_EQ(view::printable(line), line);
        EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
}

TEST_P(Golden, EndsWithTheLinesUsersLookFor) {
    const std::string text = view::text_report(GetParam().make(), {});
    const std::string heading = "\n\n📊 Current Statistics:\n";
    const auto at = text.find(heading);
    ASSERT_NE(at, std::string::npos);
    const std::string last = text.substr(at + heading.size());
    EXPECT_EQ(last.rfind("  Active allocations: ", 0), 0u) << last;
    EXPECT_EQ(last.find('\n'), last.size() - 1) << last;
}

TEST_P(Golden, ColourChangesNoWord) {
    std::string coloured = view::text_report(GetParam().make(), {view::Colour::on});
    for (auto at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b')) {
        coloured.erase(at, coloured.find('m', at) - at + 1);
    }
    EXPECT_EQ(coloured, view::text_report(GetParam().make(), {}));
}

TEST_P(Golden, JsonHasEveryKeyOfTheSchema) {
    const auto json = nlohmann::json::parse(exporting::to_json(GetParam().make()));
    for (const char* path : {"/schema",
                             "/plimsoll",
                             "/command",
                             "/exit/code",
                             "/exit/signal",
                             "/runtime/name",
                             "/runtime/package",
                             "/runtime/machine",
                             "/runtime/attached",
                             "/runtime/coverage",
                             "/processes",
                             "/devices",
                             "/totals/active_allocations",
                             "/totals/reported_active_allocations",
                             "/totals/allocations",
                             "/totals/frees",
                             "/totals/live_bytes",
                             "/totals/peak_bytes",
                             "/totals/events/produced",
                             "/totals/events/received",
                             "/totals/events/lost",
                             "/by_kind",
                             "/live",
                             "/live_count",
                             "/findings",
                             "/notes"}) {
        EXPECT_TRUE(json.contains(nlohmann::json::json_pointer(path))) << path;
    }
    EXPECT_LE(json["live"].size(), findings::kMaxRows);
    for (const auto& finding : json["findings"]) {
        for (const char* key :
             {"code", "severity", "title", "count", "bytes", "devices", "allocations", "evidence",
              "cause", "fix", "allocations_count", "evidence_count"}) {
            EXPECT_TRUE(finding.contains(key)) << key;
        }
        EXPECT_LE(finding["allocations"].size(), findings::kMaxRows);
        EXPECT_LE(finding["evidence"].size(), findings::kMaxRows);
    }
}

INSTANTIATE_TEST_SUITE_P(Reports, Golden, testing::ValuesIn(kScenes), [](const auto& scene) {
    std::string name = scene.param.name;
    for (char& letter : name) letter = letter == '-' || letter == '.' ? '_' : letter;
    return name;
});

}  // namespace
}  // namespace plimsoll::golden
