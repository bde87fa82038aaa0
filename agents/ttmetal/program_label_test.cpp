#include "agents/ttmetal/program_label.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>

namespace plimsoll::ttmetal {
namespace {

std::string label(std::initializer_list<std::string> kernels) {
    ProgramLabel made;
    for (const std::string& kernel : kernels) made.add(kernel.data(), kernel.size());
    return {made.bytes(), made.length()};
}

TEST(ProgramLabel, IsTheKernelThatComputes) {
    EXPECT_EQ(label({"reader_unary_interleaved_sm", "writer_unary_start_id", "softmax"}),
              "softmax");
    EXPECT_EQ(label({"eltwise_binary", "reader_interleaved", "eltwise_other"}), "eltwise_binary");
}

TEST(ProgramLabel, JoinsTheMoversOfAProgramThatOnlyMoves) {
    EXPECT_EQ(label({"reader_permute", "writer_permute"}), "reader_permute+writer_permute");
}

TEST(ProgramLabel, LeavesOutFoldersAndExtension) {
    EXPECT_EQ(label({"ttnn/cpp/kernels/compute/bmm_large_block.cpp"}), "bmm_large_block");
}

TEST(ProgramLabel, IsEmptyWithoutKernels) { EXPECT_EQ(label({}), ""); }

TEST(ProgramLabel, LeavesOutWhatDoesNotFit) {
    const std::string longest = "reader" + std::string(ProgramLabel::kMaxLength - 6, 'x');
    EXPECT_EQ(label({longest, "writer_y"}), longest);
    EXPECT_EQ(label({longest + "x", "writer_y"}), "writer_y");
}

}  // namespace
}  // namespace plimsoll::ttmetal
