#include "agents/ttmetal/circular_buffer_frame.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ttmetal {
namespace {

const Device* device(std::uintptr_t value) { return reinterpret_cast<const Device*>(value); }
const Device* const mesh = device(1);

TEST(CircularBufferFrame, RecordsEachReportOfAReleaseThatNamesTheMesh) {
    CircularBufferFrame frame;
    frame.device = mesh;
    for (int buffer = 0; buffer < 3; ++buffer) {
        EXPECT_TRUE(frame.count(mesh));
        EXPECT_TRUE(frame.was_complete(/*chips=*/8));
    }
    EXPECT_EQ(frame.recorded, 3u);
}

TEST(CircularBufferFrame, RecordsOnceWhatAReleaseReportsForEachChip) {
    CircularBufferFrame frame;
    frame.device = mesh;
    for (int buffer = 0; buffer < 3; ++buffer) {
        for (std::uintptr_t chip = 10; chip < 18; ++chip) {
            EXPECT_EQ(frame.count(device(chip)), chip == 10);
            EXPECT_TRUE(chip != 10 || frame.was_complete(/*chips=*/8));
        }
    }
    EXPECT_EQ(frame.recorded, 3u);
    EXPECT_EQ(frame.events, 24u);
}

TEST(CircularBufferFrame, SeesThatAChipIsMissing) {
    CircularBufferFrame frame;
    frame.device = mesh;
    frame.count(device(10));
    frame.count(device(11));
    ASSERT_TRUE(frame.count(device(10)));
    EXPECT_TRUE(frame.was_complete(/*chips=*/2));
    EXPECT_FALSE(frame.was_complete(/*chips=*/3));
}

}  // namespace
}  // namespace plimsoll::ttmetal
