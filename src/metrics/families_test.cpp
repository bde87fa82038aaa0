#include "metrics/families.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace plimsoll::metrics {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);

Process holder(std::int32_t pid, std::uint64_t bytes) {
    Process process;
    process.figures.identity.pid = pid;
    process.figures.identity.name = "python";
    process.figures.held_count = 1;
    ledger::DeviceUse device;
    device.arch = "wormhole_b0";
    device.open = true;
    device.l1_per_core.capacity.coverage = Coverage::unknown;
    for (ledger::RegionUse& region : device.regions) {
        region.capacity.coverage = Coverage::unknown;
    }
    device.regions[kDram].live = {bytes, Coverage::exact};
    device.regions[kDram].capacity = {1000, Coverage::exact};
    device.regions[kDram].bank = {2, 500, 100};
    process.figures.devices = {device};
    ledger::DeviceHoldings holdings;
    holdings.kinds = {{Region::dram, Kind::buffer, 1, bytes, bytes - 1}};
    holdings.largest_free[kDram] = 500 - bytes;
    process.holdings = {holdings};
    return process;
}

const Family& family(const std::vector<Family>& all, const std::string& name) {
    return *std::find_if(all.begin(), all.end(),
                         [&name](const Family& one) { return one.name == name; });
}

std::uint64_t only_value(const Scene& scene, const std::string& name) {
    const std::vector<Family> all = families(scene);
    EXPECT_EQ(family(all, name).samples.size(), 1u) << name;
    return family(all, name).samples.empty() ? 0 : family(all, name).samples[0].value;
}

std::size_t series(const Scene& scene) {
    std::size_t count = 0;
    for (const Family& one : families(scene)) count += one.samples.size();
    return count;
}

TEST(Families, AddUpWhatTwoProcessesHoldOnOneChip) {
    Scene scene;
    scene.running = {holder(1, 100), holder(2, 40)};
    EXPECT_EQ(only_value(scene, "plimsoll_memory_live_bytes"), 140u);
    EXPECT_EQ(only_value(scene, "plimsoll_memory_capacity_bytes"), 1000u);
    EXPECT_EQ(only_value(scene, "plimsoll_kind_live_bytes"), 140u);
    EXPECT_EQ(only_value(scene, "plimsoll_kind_requested_bytes"), 138u);
    EXPECT_EQ(only_value(scene, "plimsoll_live_allocations"), 2u);
    EXPECT_EQ(only_value(scene, "plimsoll_memory_largest_free_block_bytes"), 400u);
    EXPECT_EQ(only_value(scene, "plimsoll_processes"), 2u);
}

TEST(Families, LeaveOutWhatIsNotKnown) {
    Scene scene;
    scene.running = {holder(1, 100), holder(2, 40)};
    scene.running[1].holdings[0].kinds[0].requested.reset();
    scene.running[1].holdings[0].largest_free[kDram].reset();
    for (Process& process : scene.running) {
        process.figures.devices[0].regions[kDram].capacity.coverage = Coverage::unknown;
    }
    const std::vector<Family> all = families(scene);
    EXPECT_TRUE(family(all, "plimsoll_kind_requested_bytes").samples.empty());
    EXPECT_TRUE(family(all, "plimsoll_memory_largest_free_block_bytes").samples.empty());
    EXPECT_TRUE(family(all, "plimsoll_memory_capacity_bytes").samples.empty());
    EXPECT_TRUE(family(all, "plimsoll_l1_core_capacity_bytes").samples.empty());
    EXPECT_EQ(family(all, "plimsoll_memory_live_bytes").samples.size(), 1u);
}

TEST(Families, HaveNoSeriesOfAChipThatNobodyHasAnyMore) {
    Scene scene;
    EXPECT_TRUE(family(families(scene), "plimsoll_memory_live_bytes").samples.empty());
    EXPECT_TRUE(family(families(scene), "plimsoll_device_open").samples.empty());
}

TEST(Families, TellAPeakOfAProcessThatCameAndWentBetweenTwoScrapes) {
    Scene scene;
    DeviceMaximum most{3, "blackhole"};
    most.regions[kDram] = 90;
    scene.maxima = {most};
    EXPECT_EQ(only_value(scene, "plimsoll_memory_peak_bytes"), 90u);
}

TEST(Families, CountWhatEndedProcessesDidBesideWhatRunningOnesDo) {
    ledger::ProcessView gone = holder(1, 100).figures;
    gone.kinds = {{Kind::buffer, 5, 4, 0, 0, 0, 0, {}}};
    gone.refusal_count = 2;
    Scene scene;
    scene.ended.add(gone, 7);
    scene.running = {holder(2, 100)};
    scene.running[0].figures.kinds = {{Kind::buffer, 3, 1, 0, 0, 2, 0, {}}};
    scene.running[0].lost_events = 1;
    EXPECT_EQ(only_value(scene, "plimsoll_allocations"), 8u);
    EXPECT_EQ(only_value(scene, "plimsoll_frees"), 5u);
    EXPECT_EQ(only_value(scene, "plimsoll_refused_allocations"), 2u);
    EXPECT_EQ(only_value(scene, "plimsoll_lost_events"), 8u);
    EXPECT_EQ(scene.ended.holding, 1u);
}

TEST(Families, NameProcessesAndPodsOnlyWhenAsked) {
    Scene scene;
    scene.running = {holder(1, 100), holder(2, 40)};
    scene.running[0].figures.identity.pod = scene.running[1].figures.identity.pod = "a-b";
    const std::size_t few = series(scene);
    scene.detail = {true, true};
    EXPECT_EQ(series(scene), few + 3);
    EXPECT_EQ(only_value(scene, "plimsoll_pod_live_bytes"), 140u);
}

TEST(Families, AreAsManyForAMillionAllocationsAsForOne) {
    Scene scene;
    scene.running = {holder(1, 100)};
    const std::size_t few = series(scene);
    scene.running[0].holdings[0].kinds[0].live = 1000000;
    scene.running[0].figures.held_count = 1000000;
    EXPECT_EQ(series(scene), few);
}

TEST(Families, TellWhatTheRuntimeItselfCountsOnlyWhereItDoes) {
    Scene scene;
    const std::size_t few = series(scene);
    upstream::Statistics chip;
    chip.total.regions[kDram] = 77;
    chip.processes = {{1, "watched", {}, 0}, {2, "not", {}, 0}, {3, "gone", {}, 0}};
    scene.upstream.chips = {chip};
    scene.upstream.running = {1, 2};
    scene.running = {holder(1, 100)};
    EXPECT_EQ(only_value(scene, "plimsoll_unwatched_processes"), 1u);
    EXPECT_EQ(family(families(scene), "plimsoll_runtime_requested_bytes").samples[0].value, 77u);
    scene.running.clear();
    EXPECT_EQ(series(scene), few + 6);
}

TEST(Families, HaveNamesThatEndWithTheirUnitAndComeOnce) {
    std::set<std::string> names;
    for (const Family& one : families({})) {
        EXPECT_TRUE(names.insert(one.name).second) << one.name;
        EXPECT_EQ(one.help.find_first_of("\\\"\n"), std::string::npos) << one.name;
        EXPECT_FALSE(one.help.empty()) << one.name;
        const bool ends_so = one.unit.empty() || one.name.ends_with("_" + one.unit);
        EXPECT_TRUE(ends_so) << one.name;
    }
}

}  // namespace
}  // namespace plimsoll::metrics
