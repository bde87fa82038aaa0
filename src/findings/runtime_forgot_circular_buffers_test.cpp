#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/rules.hpp"
#include "findings/test_rows.hpp"

namespace plimsoll::findings {
namespace {

using ledger::Ending;
using testing::HasSubstr;
using testing::Not;

// Three circular buffers of one program, as the runtime reports them before 0.70.1.
ledger::Snapshot forgotten_on(std::vector<std::int32_t> devices, std::int32_t mesh) {
    auto snapshot = test_snapshot(ledger::ProcessState::exited);
    snapshot.devices.resize(devices.size());
    auto row = test_row(Kind::circular_buffer, Owner::program);
    row.devices = std::move(devices);
    row.mesh = mesh;
    row.program = ledger::Program{3, "add", {}};
    add_ended(snapshot.processes[0], row, Ending::unreported, 3);
    snapshot.kinds = {{Kind::circular_buffer, 3, 3, 3, 0, 0, 0, {}}};
    snapshot.processes[0].kinds = snapshot.kinds;
    return snapshot;
}

TEST(RuntimeForgotCircularBuffers, ExplainsTheDeviceTheReaderSaw) {
    const auto snapshot = forgotten_on({0, 1}, 0);
    const auto finding = runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).at(0);
    EXPECT_EQ(finding.title, "3 circular buffers of 1 program, on both devices");
    EXPECT_THAT(finding.symptom, HasSubstr("3 allocations (12.0 KiB per core)"));
    EXPECT_THAT(finding.symptom, HasSubstr("only on device 0"));
    EXPECT_THAT(finding.cause, HasSubstr("no deallocate_circular_buffers()"));
    EXPECT_THAT(finding.cause, HasSubstr("whose id is 0"));
    EXPECT_THAT(finding.mended_in, HasSubstr("ttnn 0.70.1"));
    EXPECT_THAT(finding.consequence, HasSubstr("No."));
    EXPECT_EQ(finding.bytes, 3u * 4096 * 2);
}

TEST(RuntimeForgotCircularBuffers, SaysNothingOfTheMeshOnOneChip) {
    const auto snapshot = forgotten_on({0}, 1);
    const auto finding = runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).at(0);
    EXPECT_THAT(finding.symptom, Not(HasSubstr("only on device")));
    EXPECT_THAT(finding.cause, Not(HasSubstr("mesh")));
}

TEST(RuntimeForgotCircularBuffers, ClaimsNothingAboutReleasesItDoesNotKnow) {
    const auto snapshot = forgotten_on({0, 1}, 0);
    for (const char* package : {"", "ttnn 0.81.1", "my build"}) {
        const auto finding = runtime_forgot_circular_buffers({snapshot, package}).at(0);
        EXPECT_EQ(finding.mended_in, "") << package;
        EXPECT_THAT(finding.cause, Not(HasSubstr("deallocate_circular_buffers"))) << package;
    }
}

TEST(RuntimeForgotCircularBuffers, IsNotAboutWhatTheRuntimeNeverReports) {
    auto snapshot = test_snapshot(ledger::ProcessState::exited);
    auto dataflow = test_row(Kind::dataflow_buffer, Owner::program);
    add_ended(snapshot.processes[0], dataflow, Ending::unreported);
    auto silent = test_row(Kind::circular_buffer, Owner::program);
    silent.reported = false;
    add_ended(snapshot.processes[0], silent, Ending::unreported);
    EXPECT_TRUE(runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).empty());
}

TEST(RuntimeForgotCircularBuffers, CountsThoseThatAreNotListed) {
    auto snapshot = forgotten_on({0}, 0);
    auto& process = snapshot.processes[0];
    process.ended_count[0] = 1000;
    process.kinds[0].reported_allocations = 900;
    const auto finding = runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).at(0);
    EXPECT_EQ(finding.count, 900u) << "100 of the endings were of another kind";
    EXPECT_THAT(finding.title, HasSubstr("of at least 1 program"));
}

TEST(RuntimeForgotCircularBuffers, ListsAddressesAscendingWhateverEndedFirst) {
    auto snapshot = forgotten_on({0}, 0);
    std::uint64_t address = 300;
    for (auto& row : snapshot.processes[0].ended) row.address = address -= 100;
    const auto finding = runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).at(0);
    const std::string& cells = finding.evidence.at(2);
    EXPECT_LT(cells.find(" 0 4096 B"), cells.find(" 100 4096 B"));
    EXPECT_LT(cells.find(" 100 4096 B"), cells.find(" 200 4096 B"));
}

TEST(RuntimeForgotCircularBuffers, FoldsProgramsThatReadAlike) {
    auto snapshot = forgotten_on({0}, 0);
    auto row = snapshot.processes[0].ended[0];
    row.program->runtime_id = 5;
    add_ended(snapshot.processes[0], row, Ending::unreported, 3);
    const auto finding = runtime_forgot_circular_buffers({snapshot, "ttnn 0.66.0"}).at(0);
    EXPECT_EQ(finding.evidence.at(0), "programs 3, 5  add");
    EXPECT_EQ(finding.evidence.size(), 3u);
}

}  // namespace
}  // namespace plimsoll::findings
