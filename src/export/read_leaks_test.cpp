#include "export/read_leaks.hpp"

#include <gtest/gtest.h>

#include "export/ps_json.hpp"

namespace plimsoll::exporting {
namespace {

findings::Finding growth() {
    findings::Finding finding;
    finding.code = "grows-per-iteration";
    finding.severity = findings::Severity::warning;
    finding.title = "3 circular buffers per iteration";
    finding.count = 60;
    finding.bytes = 4096;
    finding.devices = {0, 3};
    finding.cause = "why";
    finding.evidence = {"first", "second"};
    finding.evidence_count = 2;
    finding.consequence = "so what";
    finding.fix = {"do this"};
    finding.growth = {204.0, 3.0, 20, 2, true};
    return finding;
}

TEST(ReadGrowths, ReadsWhatTheServerWrote) {
    ledger::ProcessView process;
    process.identity.start_time = 77;
    findings::Finding other;
    other.code = "left-at-exit";
    const std::string text = leaks_json(process, {other, growth()});

    const auto read = read_growths(text, 77);
    ASSERT_EQ(read.size(), 1u);
    EXPECT_EQ(leaks_json(process, read), leaks_json(process, {growth()}));
    EXPECT_TRUE(read_growths(text, 78).empty()) << "of another process with that number";
}

TEST(ReadGrowths, TakesAnyText) {
    for (const char* text : {"", "[]", "{}", "{\"process\": 1, \"findings\": 2}", "\xff",
                             "{\"process\": {\"start_time\": 0}, \"findings\": {\"code\": []}}"}) {
        EXPECT_TRUE(read_growths(text, 0).empty()) << text;
    }
    EXPECT_EQ(read_growths("{\"process\": {\"start_time\": 0}, \"findings\": [{\"code\": "
                           "\"grows-per-iteration\", \"devices\": [\"x\"], \"fix\": 3}]}",
                           0)
                  .size(),
              1u);
}

}  // namespace
}  // namespace plimsoll::exporting
