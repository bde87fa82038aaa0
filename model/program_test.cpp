#include "model/program.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/error.hpp"
#include "model/test_event_log.hpp"
#include "model/test_session.hpp"

namespace plimsoll::model {
namespace {

using testing::ElementsAre;

const CoreRange kAllCores = {{0, 0}, {7, 7}};

CircularBufferConfig of(DeviceAddr size, std::uint32_t index) {
    return {.total_size = size, .indices = {{index, size}}};
}

struct Layout {
    const char* machine;
    const char* release;
    std::vector<DeviceAddr> sizes;
    std::vector<DeviceAddr> addresses;
};

class MeasuredLayout : public testing::TestWithParam<Layout> {};

TEST_P(MeasuredLayout, IsThatOfTheRuntime) {
    const Layout& layout = GetParam();
    Session session = make_session(layout.machine, layout.release);
    session.open_device(0, {});
    Program program(session.context(), "measured");
    for (std::size_t i = 0; i < layout.sizes.size(); ++i) {
        program.add_circular_buffer(kAllCores, of(layout.sizes[i], static_cast<std::uint32_t>(i)));
    }
    program.compile_on(session.mesh());

    std::vector<DeviceAddr> addresses;
    for (const CircularBuffer& buffer : program.circular_buffers()) {
        addresses.push_back(buffer.address().value());
    }
    EXPECT_EQ(addresses, layout.addresses);
}

INSTANTIATE_TEST_SUITE_P(
    Releases, MeasuredLayout,
    testing::Values(Layout{"n150", "0.66.0", {4096, 4096, 4096}, {103552, 107648, 111744}},
                    Layout{"n150", "0.75.0", {4096, 4096, 4096}, {105536, 109632, 113728}},
                    Layout{"n150", "0.80.0", {4096, 4096, 4096}, {105696, 109792, 113888}},
                    Layout{"n150", "0.81.1", {4096, 4096, 4096}, {105824, 109920, 114016}},
                    Layout{"p150", "0.81.1", {4096, 4096, 4096}, {111744, 115840, 119936}},
                    Layout{"p150", "0.80.0", {131072, 131072, 524288}, {111616, 242688, 373760}},
                    Layout{"n150",
                           "0.66.0",
                           {65536, 32768, 2048, 2048, 65536, 2048, 2048, 65536},
                           {103552, 169088, 201856, 203904, 205952, 271488, 273536, 275584}},
                    Layout{"n150",
                           "0.75.0",
                           {65536, 32768, 2048, 2048, 2048, 65536, 2048, 2048},
                           {105536, 171072, 203840, 205888, 207936, 209984, 275520, 277568}}));

class ProgramTest : public testing::Test {
  protected:
    ProgramTest() {
        session_.context().tracker().push_processor(&log_);
        session_.open_mesh({.shape = {2, 4}});
    }
    MeshDevice& mesh() { return session_.mesh(); }
    Device& chip() { return session_.context().chip(4); }

    EventLog log_;
    Session session_ = make_session("t3k", "0.81.1");
};

TEST_F(ProgramTest, ReportsOneAfterTheOtherAndEachOnAllChipsInMeshOrder) {
    Program program(session_.context(), "add");
    program.add_circular_buffer(kAllCores, of(4096, 0));
    program.add_circular_buffer(kAllCores, of(4096, 1));
    program.compile_on(mesh());
    ASSERT_EQ(log_.lines().size(), 16u);
    EXPECT_EQ(log_.lines()[0], "allocate_cb 105824 4096 64 chip:4");
    EXPECT_EQ(log_.lines()[1], "allocate_cb 105824 4096 64 chip:0");
    EXPECT_EQ(log_.lines()[7], "allocate_cb 105824 4096 64 chip:7");
    EXPECT_EQ(log_.lines()[8], "allocate_cb 109920 4096 64 chip:4");
}

TEST_F(ProgramTest, RunsAgainWithoutAWordAndIsReportedAnewWhenASizeChanges) {
    Program program(session_.context(), "add");
    const CBHandle first = program.add_circular_buffer(kAllCores, of(4096, 0));
    program.add_circular_buffer(kAllCores, of(4096, 1));
    program.compile_on(mesh());
    program.compile_on(mesh());
    EXPECT_EQ(log_.lines().size(), 16u);
    program.update_circular_buffer_total_size(first, 8192);
    program.compile_on(mesh());
    ASSERT_EQ(log_.lines().size(), 32u);
    EXPECT_EQ(log_.lines()[24], "allocate_cb 114016 4096 64 chip:4");
}

TEST_F(ProgramTest, WithOnlyGlobalOnesIsNotReported) {
    const Buffer& buffer = session_.allocate(
        "backing", {.size = 64 * 4096, .page_size = 2048, .type = BufferType::L1});
    Program program(session_.context(), "global");
    CircularBufferConfig global = of(2048, 0);
    global.globally_allocated = &buffer;
    global.address_offset = 1024;
    program.add_circular_buffer(kAllCores, global);
    program.compile_on(mesh());
    EXPECT_EQ(log_.lines().size(), 1u);  // the buffer

    program.add_circular_buffer(kAllCores, of(4096, 1));
    program.compile_on(mesh());
    EXPECT_EQ(program.circular_buffers()[0].address(), buffer.address() + 1024);
    EXPECT_EQ(log_.lines()[1], "allocate_global_cb 1496064 2048 64 chip:4");
    EXPECT_EQ(program.circular_buffers()[1].address(), 105824u);
}

TEST_F(ProgramTest, OfOtherCoresStartsAtTheBaseAndOverlappingRangesStack) {
    Program program(session_.context(), "ranges");
    program.add_circular_buffer(CoreRange{{0, 0}, {1, 0}}, of(4096, 0));
    program.add_circular_buffer(CoreRange{{4, 4}, {5, 4}}, of(4096, 0));
    program.add_circular_buffer(CoreRange{{4, 4}, {5, 4}}, of(64, 1));
    program.compile_on(mesh());
    EXPECT_EQ(program.circular_buffers()[0].address(), 105824u);
    EXPECT_EQ(program.circular_buffers()[1].address(), 105824u);
    EXPECT_EQ(program.circular_buffers()[2].address(), 109920u);
}

TEST_F(ProgramTest, OnRangesThatOverlapStacksAboveWhatTheyShare) {
    const CoreRange left{{0, 0}, {3, 3}}, middle{{3, 3}, {5, 5}}, right{{5, 5}, {7, 7}};
    Program program(session_.context(), "ranges");
    program.add_circular_buffer(right, of(4096, 0));
    program.add_circular_buffer(left, of(4096, 1));  // meets the first one's mark on the middle
    program.add_circular_buffer(middle, of(64, 2));
    program.compile_on(mesh());
    EXPECT_EQ(program.circular_buffers()[0].address(), 105824u);
    EXPECT_EQ(program.circular_buffers()[1].address(), 105824u);
    EXPECT_EQ(program.circular_buffers()[2].address(), 105824u + 4096);
}

TEST_F(ProgramTest, TakesTheUnionOfTheIntervalsOnEachCore) {
    const auto program = [&](const CoreRange& cores, DeviceAddr size) {
        auto made = std::make_unique<Program>(session_.context(), "p");
        made->add_circular_buffer(cores, of(size, 0));
        return made;
    };
    auto first = program({{0, 0}, {1, 0}}, 4096);
    EXPECT_EQ(chip().get_total_cb_allocated(), 0u);
    first->compile_on(mesh());
    EXPECT_EQ(chip().get_total_cb_allocated(), 8192u);
    auto same = program({{0, 0}, {1, 0}}, 4096);
    same->compile_on(mesh());
    EXPECT_EQ(chip().get_total_cb_allocated(), 8192u);
    auto last = program({{1, 0}, {2, 0}}, 6144);
    last->compile_on(mesh());
    EXPECT_EQ(chip().get_total_cb_allocated(), 16384u);
    first.reset();
    EXPECT_EQ(chip().get_total_cb_allocated(), 16384u);
    same.reset();
    EXPECT_EQ(chip().get_total_cb_allocated(), 12288u);
    last.reset();
    EXPECT_EQ(chip().get_total_cb_allocated(), 0u);
}

std::string refusal(Program& program, IDevice& device) {
    try {
        program.compile_on(device);
    } catch (const RuntimeError& error) {
        return error.what();
    }
    return {};
}

TEST(Clash, IsToldInTheWordsOfTheRelease) {
    const auto clash = [](const char* release, std::vector<DeviceAddr> sizes) {
        Session session = make_session("n150", release);
        session.open_device(0, {});
        Program before(session.context(), "before");
        // 8192 x 5280 of bfloat16, in tiles.
        session.allocate(
            "tensor",
            {.size = DeviceAddr{8192} * 5280 * 2, .page_size = 2048, .type = BufferType::L1});
        Program program(session.context(), "softmax");
        std::uint32_t index = 0;
        for (const DeviceAddr size : sizes) {
            program.add_circular_buffer(kAllCores, of(size, index++));
        }
        return refusal(program, session.mesh());
    };
    EXPECT_EQ(clash("0.66.0", {65536, 32768, 2048, 2048, 65536, 2048, 2048, 65536}),
              "Statically allocated circular buffers in program 2 clash with L1 buffers on core "
              "range [(x=0,y=0) - (x=7,y=7)]. L1 buffer allocated at 147456 and static circular "
              "buffer region ends at 341120");
    EXPECT_EQ(clash("0.75.0", {65536, 32768, 2048, 2048, 2048, 65536, 2048, 2048}),
              "Statically allocated circular buffers in program 2 clash with L1 buffers on core "
              "range [0-0 - 7-7]. L1 buffer allocated at 147456 and static circular buffer region "
              "ends at 279616");
}

TEST(Clash, OfDataflowBuffersHasTheirName) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    Program before(session.context(), "before");
    session.allocate(
        "tensor", {.size = DeviceAddr{8192} * 5280 * 2, .page_size = 2048, .type = BufferType::L1});
    Program program(session.context(), "softmax");
    for (const std::uint32_t size : {65536u, 16384u, 4096u, 2048u, 4096u, 65536u, 2048u, 2048u}) {
        program.add_dataflow_buffer(CoreRange{{0, 0}, {7, 3}}, {size, 1});
    }
    EXPECT_EQ(refusal(program, session.mesh()),
              "Statically allocated dataflow buffers in program 2 clash with L1 buffers on core "
              "range [0-0 - 7-3]. L1 buffer allocated at 147456 and static dataflow buffer region "
              "ends at 267616");
}

TEST(Clash, BeyondTheEndOfL1) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    Program program(session.context(), "large");
    program.add_circular_buffer(kAllCores, of(1499136, 0));
    EXPECT_EQ(refusal(program, session.mesh()),
              "Statically allocated circular buffers on core range [0-0 - 7-7] grow to 1604960 B "
              "which is beyond max L1 size of 1499136 B");
}

TEST(Dataflow, ScratchpadsLieAboveAndBorrowedOnesInTheirBuffer) {
    Session session = make_session("n150", "0.81.1");
    session.open_device(0, {});
    const Buffer& buffer =
        session.allocate("tensor", {.size = 131072, .page_size = 2048, .type = BufferType::L1});
    Program program(session.context(), "dataflow");
    program.add_dataflow_buffer(kAllCores, {1000, 1});
    program.add_dataflow_buffer(kAllCores, {2048, 1, &buffer});
    program.add_scratchpad(kAllCores, 64);
    program.compile_on(session.mesh());
    EXPECT_EQ(program.dataflow_buffers()[0].address, 105824u);
    EXPECT_EQ(program.dataflow_buffers()[1].address, buffer.address());
    EXPECT_EQ(program.scratchpads()[0].address, 105824u + 1024);
}

}  // namespace
}  // namespace plimsoll::model
