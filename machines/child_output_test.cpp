#include "machines/child_output.hpp"

#include <gtest/gtest.h>

namespace plimsoll::machines {
namespace {

TEST(ChildOutput, HoldsWhatTheProgramSaidOnBothStreamsAndItsExitCode) {
    const ChildOutput output = run({"sh", "-c", "echo out; echo err >&2; exit 3"});
    EXPECT_EQ(output.text, "out\nerr\n");
    EXPECT_EQ(output.status, 3);
}

TEST(ChildOutput, TellsAProgramThatCannotBeStarted) {
    EXPECT_EQ(run({"/nonexistent/program"}).status, 127);
}

TEST(ChildOutput, TellsTheSignalThatEndedTheProgram) {
    EXPECT_EQ(run({"sh", "-c", "kill -9 $$"}).status, 128 + 9);
}

TEST(ChildOutput, CutsEndlessOutputButWaitsForItsEnd) {
    const ChildOutput output = run({"sh", "-c", "head -c 1000000 /dev/zero; exit 4"});
    EXPECT_LT(output.text.size(), 100'000u);
    EXPECT_EQ(output.status, 4);
}

}  // namespace
}  // namespace plimsoll::machines
