#include "model/circular_buffer.hpp"

#include <gtest/gtest.h>

#include "model/error.hpp"
#include "model/program.hpp"
#include "model/test_session.hpp"

namespace plimsoll::model {
namespace {

const CoreRange kCore = {{0, 0}, {0, 0}};

TEST(CircularBufferAllocator, AppendsOrLeavesAGapAndNeverGoesBack) {
    CircularBufferAllocator allocator{kCore, {}};
    EXPECT_EQ(allocator.get_cb_region_end(), 0u);
    allocator.mark_address(1024, 512, 1024);
    allocator.mark_address(1536, 512, 1024);
    ASSERT_EQ(allocator.l1_regions.size(), 1u);
    EXPECT_EQ(allocator.get_cb_region_end(), 2048u);
    allocator.mark_address(4096, 512, 1024);
    ASSERT_EQ(allocator.l1_regions.size(), 2u);
    EXPECT_EQ(allocator.get_cb_region_end(), 4608u);
    try {
        allocator.mark_address(2048, 512, 1024);
        FAIL();
    } catch (const RuntimeError& error) {
        EXPECT_STREQ(error.what(),
                     "Local buffer address 2048 has to append to last L1 region [4096, 4608) or be "
                     "at a higher address");
    }
}

TEST(CircularBuffer, RefusesSizesTheRuntimeRefuses) {
    const auto make = [](DeviceAddr size, DeviceAddr page) {
        return CircularBuffer(kCore, {.total_size = size, .indices = {{0, page}}});
    };
    EXPECT_NO_THROW(make(4096, 2048));
    EXPECT_THROW(make(4096, 3000), RuntimeError);
    EXPECT_THROW(make(4096, 0), RuntimeError);
    EXPECT_NO_THROW(make(65535, 1));
    EXPECT_THROW(make(65536, 1), RuntimeError);
}

class CircularBufferTest : public testing::Test {
  protected:
    CircularBufferTest() { session_.open_device(0, {.l1_small_size = 4096}); }

    CircularBufferConfig in(const Buffer& buffer, DeviceAddr size, DeviceAddr offset = 0) {
        return {.total_size = size,
                .indices = {{0, size}},
                .globally_allocated = &buffer,
                .address_offset = offset};
    }

    Session session_ = make_session("n150", "0.81.1");
};

TEST_F(CircularBufferTest, OfABufferLiesInIt) {
    const Buffer& small = session_.allocate(
        "small", {.size = 64 * 2048, .page_size = 2048, .type = BufferType::L1_SMALL});
    EXPECT_EQ(CircularBuffer(kCore, in(small, 1024, 512)).address(), small.address() + 512);
    EXPECT_THROW(CircularBuffer(kCore, in(small, 2048, 512)), RuntimeError);
    EXPECT_THROW(CircularBuffer(kCore, in(small, 2048, 4096)), RuntimeError);
}

TEST_F(CircularBufferTest, OfADramBufferIsRefused) {
    const Buffer& dram = session_.allocate("dram", {.size = 2048, .page_size = 2048});
    EXPECT_THROW(CircularBuffer(kCore, in(dram, 1024)), RuntimeError);
}

TEST_F(CircularBufferTest, AnIndexIsTakenOnceOnACore) {
    Program program(session_.context(), "p");
    const CircularBufferConfig aliases = {.total_size = 4096, .indices = {{3, 2048}, {4, 1024}}};
    program.add_circular_buffer(CoreRange{{0, 0}, {3, 3}}, aliases);
    EXPECT_THROW(program.add_circular_buffer(CoreRange{{3, 3}, {4, 4}}, aliases), RuntimeError);
    EXPECT_NO_THROW(program.add_circular_buffer(CoreRange{{4, 4}, {5, 5}}, aliases));
    EXPECT_EQ(program.circular_buffers().size(), 2u);  // an alias takes nothing
}

TEST_F(CircularBufferTest, ThereAreAsManyAsTheArchitectureHas) {
    const CircularBufferConfig last = {.total_size = 64, .indices = {{63, 64}}};
    Program wormhole(session_.context(), "p");
    EXPECT_THROW(wormhole.add_circular_buffer(kCore, last), RuntimeError);
    Session blackhole = make_session("p150", "0.81.1");
    Program program(blackhole.context(), "p");
    EXPECT_NO_THROW(program.add_circular_buffer(kCore, last));
}

TEST_F(CircularBufferTest, AndDataflowBuffersExcludeEachOther) {
    Program program(session_.context(), "p");
    program.add_dataflow_buffer(kCore, {64, 1});
    EXPECT_THROW(program.add_circular_buffer(kCore, {.total_size = 64, .indices = {{0, 64}}}),
                 RuntimeError);
}

}  // namespace
}  // namespace plimsoll::model
