#include "agents/ttmetal/refusal_text.hpp"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::ttmetal {
namespace {

bool read(const std::string& text, RefusalText* to) {
    return read_refusal(text.data(), text.size(), to);
}

// 0.66.0 to 0.81.1, the last with a full stop.
const std::string kOutOfMemory =
    "TT_FATAL @ /project/tt_metal/impl/allocator/bank_manager.cpp:514: false\ninfo:\n"
    "Out of Memory: Not enough space to allocate 67108864 B L1 buffer across 64 banks, where each "
    "bank needs to store 1048576 B, but bank size is 1393312 B (allocated: 1048577 B, free: 344736 "
    "B, largest free block: 344735 B).\nbacktrace:\n --- allocated: 5 free: 6\n";

TEST(RefusalText, ReadsWhatTheAllocatorSays) {
    RefusalText said;
    ASSERT_TRUE(read(kOutOfMemory, &said));
    EXPECT_EQ(said.reason, PLIMSOLL_OUT_OF_MEMORY);
    EXPECT_EQ(said.kind, PLIMSOLL_BUFFER);
    EXPECT_EQ(said.bytes, 67108864u);
    EXPECT_EQ(said.banks, 64u);
    EXPECT_EQ(said.bytes_per_bank, 1048576u);
    EXPECT_EQ(said.bank_bytes, 1393312u);
    EXPECT_EQ(said.allocated, 1048577u);
    EXPECT_EQ(said.free, 344736u);
    EXPECT_EQ(said.largest_free, 344735u);
    EXPECT_EQ(said.program_id, PLIMSOLL_NOT_KNOWN);
}

TEST(RefusalText, ReadsAClashOf0_66) {
    RefusalText said;
    ASSERT_TRUE(
        read("TT_THROW @ program.cpp:917: tt::exception\ninfo:\n"
             "Statically allocated circular buffers in program 2 clash with L1 buffers on "
             "core range [(x=0,y=1) - (x=7,y=6)]. L1 buffer allocated at 147456 and static "
             "circular buffer region ends at 341120\n",
             &said));
    EXPECT_EQ(said.reason, PLIMSOLL_CLASH);
    EXPECT_EQ(said.kind, PLIMSOLL_CIRCULAR_BUFFER);
    EXPECT_EQ(said.program_id, 2u);
    EXPECT_EQ(said.lowest_address, 147456u);
    EXPECT_EQ(said.region_end, 341120u);
    ASSERT_TRUE(said.has_cores);
    EXPECT_EQ(said.cores.y0, 1u);
    EXPECT_EQ(said.cores.x1, 7u);
    EXPECT_EQ(said.cores.y1, 6u);
}

TEST(RefusalText, ReadsAClashOf0_81) {
    RefusalText said;
    ASSERT_TRUE(
        read("Statically allocated dataflow buffers in program 14 clash with L1 buffers on "
             "core range [0-1 - 7-3]. L1 buffer allocated at 147456 and static dataflow "
             "buffer region ends at 267616",
             &said));
    EXPECT_EQ(said.kind, PLIMSOLL_DATAFLOW_BUFFER);
    EXPECT_EQ(said.program_id, 14u);
    EXPECT_EQ(said.cores.y0, 1u);
    EXPECT_EQ(said.cores.y1, 3u);
    EXPECT_EQ(said.region_end, 267616u);
}

TEST(RefusalText, ReadsWhatIsBeyondTheMemory) {
    RefusalText said;
    ASSERT_TRUE(
        read("Statically allocated circular buffers on core range [0-0 - 0-0] grow to "
             "4494464 B which is beyond max L1 size of 1499136 B\n",
             &said));
    EXPECT_EQ(said.reason, PLIMSOLL_BEYOND_MEMORY);
    EXPECT_EQ(said.program_id, PLIMSOLL_NOT_KNOWN);
    EXPECT_EQ(said.region_end, 4494464u);
    EXPECT_EQ(said.bank_bytes, 1499136u);
    EXPECT_TRUE(said.has_cores);
}

TEST(RefusalText, LeavesOtherErrorsAlone) {
    RefusalText said;
    EXPECT_FALSE(read("", &said));
    EXPECT_FALSE(read("Buffer is not allocated", &said));
    EXPECT_FALSE(read("Out of Memory", &said));
    EXPECT_FALSE(read("Statically allocated circular buffers are fine", &said));
}

TEST(RefusalText, DoesNotGuessWhatItCannotRead) {
    RefusalText said;
    ASSERT_TRUE(
        read("Out of Memory: Not enough space to allocate lots of DRAM across 12 banks, "
             "bank size is 99999999999999999999 B (allocated: B, free: 7 B\nlargest free "
             "block: 3 B)",
             &said));
    EXPECT_EQ(said.bytes, PLIMSOLL_NOT_KNOWN);
    EXPECT_EQ(said.banks, 12u);
    EXPECT_EQ(said.bytes_per_bank, PLIMSOLL_NOT_KNOWN);
    EXPECT_EQ(said.bank_bytes, PLIMSOLL_NOT_KNOWN) << "more than 64 bits";
    EXPECT_EQ(said.allocated, PLIMSOLL_NOT_KNOWN);
    EXPECT_EQ(said.free, 7u);
    EXPECT_EQ(said.largest_free, PLIMSOLL_NOT_KNOWN) << "another line is another matter";
}

TEST(RefusalText, LooksAtNoByteBeyondItsEnd) {
    for (std::size_t length = 0; length <= kOutOfMemory.size(); ++length) {
        const std::string cut = kOutOfMemory.substr(0, length);  // of its own: sanitizers see it
        RefusalText said;
        read(cut, &said);
    }
}

}  // namespace
}  // namespace plimsoll::ttmetal
