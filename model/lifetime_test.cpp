#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/believing_tracker.hpp"
#include "model/error.hpp"
#include "model/programs.hpp"
#include "model/test_event_log.hpp"
#include "model/test_session.hpp"

namespace plimsoll::model {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using testing::StartsWith;

constexpr BufferConfig kTensor = {.size = 2048, .page_size = 2048};

Operation op(std::uint64_t hash) {
    return {.name = "ttnn.add",
            .label = "add",
            .hash = hash,
            .cores = CoreRange{{0, 0}, {7, 7}},
            .circular_buffers = {4096}};
}

struct Followed {
    explicit Followed(Defects defects, const char* machine = "t3k", const char* release = "0.81.1")
        : session(*machines::find(machine), *find_release(release), defects) {
        session.context().tracker().push_processor(&log);
        session.context().tracker().push_processor(&tracker);
    }
    EventLog log;
    BelievingTracker tracker;
    Session session;
};

TEST(Close, ProgramsOfTheCacheAreFreedBeforeTheChips) {
    Followed in({});
    programs::mesh_test(in.session);
    EXPECT_EQ(in.log.lines().size(), 24u + 8u);
    EXPECT_EQ(in.log.lines().back(), "deallocate_cb chip:7");
    EXPECT_EQ(in.tracker.active_allocations(), 0u);
}

TEST(Close, AForgetfulRuntimeLeavesABelievingTrackerWithThreeBuffersOnDevice0) {
    Followed in(find_release("0.66.0")->as_released, "t3k", "0.66.0");
    programs::mesh_test(in.session);
    in.session.end();
    EXPECT_THAT(in.log.lines(), ElementsAre("allocate_cb 103552 4096 64 mesh:0",
                                            "allocate_cb 107648 4096 64 mesh:0",
                                            "allocate_cb 111744 4096 64 mesh:0"));
    ASSERT_EQ(in.tracker.entries().size(), 3u);
    DeviceAddr bytes = 0;
    for (const auto& [key, entry] : in.tracker.entries()) {
        EXPECT_EQ(key.first, 0);
        bytes += entry.size;
    }
    EXPECT_EQ(bytes, 12288u);
}

TEST(Close, ASweepReportsWhatProgramsForget) {
    Followed in(find_release("0.66.0")->as_released, "t3k", "0.66.0");
    in.session.context().tracker().set_sweep(GraphTracker::Sweep::at_device_close);
    programs::mesh_test(in.session);
    EXPECT_EQ(in.log.lines().back(), "deallocate_cb mesh:0");
    EXPECT_EQ(in.tracker.active_allocations(), 0u);
}

TEST(Close, ACacheThatIsNotClearedReportsItsProgramsWhenTheMeshObjectGoes) {
    Followed in(Defect::cache_not_cleared_at_close);
    programs::mesh_test(in.session);
    EXPECT_EQ(in.log.lines().size(), 24u);
    EXPECT_FALSE(in.session.context().chip(0).is_initialized());
    in.session.end();
    EXPECT_EQ(in.log.lines().size(), 24u + 8u);
}

TEST(Close, AProgramThatOutlivesItsDeviceReportsThroughClosedOnes) {
    Followed in({});
    in.session.open_mesh({.shape = {2, 4}});
    auto program = std::make_unique<Program>(in.session.context(), "user's own");
    program->add_circular_buffer(CoreRange{{0, 0}, {7, 7}},
                                 {.total_size = 4096, .indices = {{0, 4096}}});
    program->compile_on(in.session.mesh());
    in.session.close();
    in.session.end();
    program.reset();
    EXPECT_EQ(in.log.lines().size(), 16u);
    EXPECT_EQ(in.session.context().chip(4).get_total_cb_allocated(), 0u);
}

TEST(Close, ATensorThatIsAliveIsNeverReportedFreed) {
    Followed in({});
    in.session.open_mesh({.shape = {2, 4}});
    const DeviceAddr address = in.session.allocate("kept", kTensor).address();
    in.session.close();
    in.session.free("kept");
    EXPECT_THAT(in.log.lines(), Not(Contains(StartsWith("deallocate"))));
    in.session.open_mesh({.shape = {2, 4}});
    EXPECT_EQ(in.session.allocate("next", kTensor).address(), address);
}

TEST(Close, AMeshBufferOutlivesTheObjectOfItsMesh) {
    Followed in({});
    in.session.open_mesh({.shape = {1, 1}});
    in.session.allocate("kept", kTensor);
    in.session.open_mesh({.shape = {1, 1}});  // the first mesh's object goes
    in.session.free("kept");
    EXPECT_THAT(in.log.lines(), Not(Contains(StartsWith("deallocate"))));
}

TEST(Mesh, ChipsStandInTheOrderOfTheRuntime) {
    Session session = make_session("t3k", "0.81.1");
    EXPECT_THAT(session.context().chips_in_mesh_order(), ElementsAre(4, 0, 2, 6, 5, 1, 3, 7));
}

TEST(Mesh, SubmeshesKeepTheChipsOpen) {
    Session session = make_session("t3k", "0.81.1");
    auto parent = MeshDevice::create(session.context(), {.shape = {2, 4}});
    auto upper = parent->create_submesh({1, 4}, 0);
    auto lower = parent->create_submesh({1, 4}, 4);
    EXPECT_EQ(lower->get_devices().front()->id(), 5);
    EXPECT_EQ(lower->id(), 2);
    parent->close();
    upper->close();
    EXPECT_TRUE(session.context().chip(4).is_initialized());
    lower->close();
    EXPECT_FALSE(session.context().chip(4).is_initialized());
}

TEST(Mesh, OpeningOneDeviceMakesAParentAndAUnitMesh) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    EXPECT_EQ(session.mesh().id(), 1);
    session.close();
    EXPECT_FALSE(session.context().chip(0).is_initialized());
    session.open_device(0, {});
    EXPECT_EQ(session.mesh().id(), 3);
}

TEST(Mesh, AChipIsNotOpenedTwice) {
    Session session = make_session("n150", "0.81.1");
    const auto first = MeshDevice::create(session.context(), {});
    EXPECT_THROW(MeshDevice::create(session.context(), {}), RuntimeError);
    EXPECT_THROW(MeshDevice::create(session.context(), {.shape = {2, 4}}), RuntimeError);
}

TEST(ProgramCache, KeepsAProgramUntilItIsCleared) {
    Followed in({}, "n150");
    in.session.open_device(0, {});
    in.session.run(op(1));
    in.session.run(op(1));
    in.session.run(op(2));
    EXPECT_EQ(in.session.mesh().program_cache().num_entries(), 2u);
    EXPECT_EQ(in.log.lines().size(), 2u);
    in.session.clear_program_cache();
    EXPECT_EQ(in.log.lines().size(), 4u);
    in.session.mesh().program_cache().disable();
    in.session.run(op(3));
    EXPECT_EQ(in.session.mesh().program_cache().num_entries(), 0u);
}

Operation too_large() {
    Operation large = op(1);
    large.circular_buffers = {1499136};
    return large;
}

TEST(ProgramCache, KeepsNothingThatWasRefused) {
    Followed in({}, "n150");
    in.session.open_device(0, {});
    EXPECT_THROW(in.session.run(too_large()), RuntimeError);
    EXPECT_EQ(in.session.mesh().program_cache().num_entries(), 0u);
    EXPECT_THAT(in.log.lines(),
                ElementsAre("allocate_cb 105824 1499136 64 chip:0", "deallocate_cb chip:0"));
}

TEST(ProgramCache, OfAnEarlierReleaseKeepsWhatWasRefusedUntilItIsCleared) {
    Followed in({}, "n150", "0.75.0");
    in.session.open_device(0, {});
    EXPECT_THROW(in.session.run(too_large()), RuntimeError);
    EXPECT_EQ(in.session.mesh().program_cache().num_entries(), 1u);
    EXPECT_THAT(in.log.lines(), ElementsAre("allocate_cb 105536 1499136 64 chip:0"));
    in.session.clear_program_cache();
    EXPECT_EQ(in.log.lines().back(), "deallocate_cb chip:0");
}

TEST(Trace, TakesItsRegionAndGivesItBack) {
    Followed in({}, "n150");
    in.session.open_device(0, {.trace_region_size = 1u << 20});
    const auto taken = [&] {
        return in.session.mesh()
            .allocator()
            .get_statistics(BufferType::TRACE)
            .total_allocated_bytes;
    };
    in.session.capture_trace("a", 65536);
    EXPECT_EQ(taken(), 6144u);
    EXPECT_THROW(in.session.capture_trace("b", 1u << 20), RuntimeError);
    in.session.release_trace("a");
    EXPECT_EQ(taken(), 0u);
}

TEST(Trace, WithoutARegionLiesAtTheEndOfDram) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    session.capture_trace("a", 2048);
    EXPECT_EQ(session.mesh().allocator().blocks(BufferType::DRAM).lowest_occupied(),
              (1u << 30) - 2048);
}

TEST(GlobalSemaphore, TakesOneUnitOfEachCore) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    session.create_semaphore("a", CoreRange{{0, 0}, {7, 7}});
    const Statistics l1 = session.mesh().allocator().get_statistics(BufferType::L1);
    EXPECT_EQ(l1.total_allocated_bytes, 32u);
    session.free("a");
    EXPECT_EQ(session.mesh().allocator().lowest_occupied_l1_address(), std::nullopt);
}

TEST(Buffer, WithoutBytesIsSilent) {
    Followed in({}, "n150");
    in.session.open_device(0, {});
    in.session.allocate("empty", {});
    in.session.free("empty");
    EXPECT_TRUE(in.log.lines().empty());
}

TEST(Buffer, IsReportedFreedBeforeItsMemoryIs) {
    struct Look : IGraphProcessor {
        DeviceAddr allocated = 0;
        void track_deallocate(const Buffer& buffer) override {
            allocated =
                buffer.device()->allocator().get_statistics(BufferType::DRAM).total_allocated_bytes;
        }
    } look;
    Session session = make_session("n150", "0.81.1");
    session.context().tracker().push_processor(&look);
    session.open_device(0, {});
    session.allocate("a", kTensor);
    session.free("a");
    EXPECT_EQ(look.allocated, 2048u);
}

}  // namespace
}  // namespace plimsoll::model
