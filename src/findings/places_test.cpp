#include "findings/places.hpp"

#include <gtest/gtest.h>

#include "findings/judge.hpp"
#include "findings/test_rows.hpp"

namespace plimsoll::findings {
namespace {

ledger::AllocationView row_at(std::uint32_t line, std::vector<std::int32_t> devices) {
    ledger::AllocationView row = test_row(Kind::buffer, Owner::user, 1000);
    row.call_site.frames = {{"model.py", "forward", line}};
    row.devices = std::move(devices);
    return row;
}

TEST(Places, AreWhereTheProgramAskedWhateverTheDevices) {
    const auto first = row_at(1, {0, 1}), second = row_at(1, {1}), other = row_at(2, {0});
    const std::vector<Place> places = places_of({&other, &first, &second});
    ASSERT_EQ(places.size(), 2u);
    EXPECT_EQ(on_one_device(places[0]), (Amount{2, 2000}));  // device 1 has the most of it
    EXPECT_EQ(places[0].call_site.frames.front().line, 1u);
    EXPECT_EQ(on_one_device(places[1]), (Amount{1, 1000}));
}

TEST(Places, AProgramsMemoryIsWhereTheProgramCameFrom) {
    ledger::AllocationView row = test_row(Kind::circular_buffer, Owner::program);
    row.program = ledger::Program{7, "softmax", {{{"model.py", "forward", 9}}, "ttnn.softmax"}};
    const std::vector<Place> places = places_of({&row});
    ASSERT_EQ(places.size(), 1u);
    EXPECT_EQ(places[0].program, "softmax");
    EXPECT_EQ(places[0].call_site.op, "ttnn.softmax");
}

TEST(Places, EveryAllocationOfAFindingIsInOneHoweverManyThereAre) {
    ledger::Snapshot snapshot = test_snapshot(ledger::ProcessState::exited);
    add_ended(snapshot.processes[0], row_at(1, {0}), ledger::Ending::outlived_device, 150);
    add_ended(snapshot.processes[0], row_at(2, {0}), ledger::Ending::outlived_device, 150);
    snapshot.processes[0].ended_count[2] += 7;  // only counted
    const std::vector<Finding> findings = judge(snapshot, "");
    ASSERT_EQ(findings.size(), 1u);
    std::uint64_t count = 0;
    for (const Place& place : findings[0].places) count += on_one_device(place).count;
    EXPECT_EQ(count, findings[0].count);
    EXPECT_EQ(count, 307u);
}

TEST(Places, AFindingThatNamesNoAllocationHasOneAllTheSame) {
    ledger::Snapshot snapshot = test_snapshot(ledger::ProcessState::exited);
    snapshot.processes[0].health.verified_differing = 1;
    snapshot.processes[0].health.worst_difference_bytes = 64;
    const std::vector<Finding> findings = judge(snapshot, "");
    ASSERT_EQ(findings.size(), 1u);
    ASSERT_EQ(findings[0].places.size(), 1u);
    EXPECT_EQ(on_one_device(findings[0].places[0]).bytes, 64u);
}

}  // namespace
}  // namespace plimsoll::findings
