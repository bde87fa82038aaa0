#include "model/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace plimsoll::model {
namespace {

using testing::ElementsAre;

std::vector<std::string> played(const std::string& scenario) {
    std::istringstream lines(scenario);
    return play(lines);
}

std::string refused(const std::string& scenario) {
    try {
        played(scenario);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return {};
}

TEST(Scenario, TellsWhatHappensInItsOrder) {
    EXPECT_THAT(
        played("# a comment\n"
               "runtime n150 0.81.1\n"
               "device 0 16384 0\n"
               "allocate weights DRAM 2097152 2048\n"
               "op 1 0 0 7 7 4096 4096\n"
               "op 1 0 0 7 7 4096 4096\n"
               "semaphore ready 0 0 7 7\n"
               "free weights\n"
               "close\n"),
        ElementsAre("allocate DRAM 1048640 2097152 176128 mesh:1",
                    "allocate_cb 105824 4096 64 chip:0", "allocate_cb 109920 4096 64 chip:0",
                    "allocate L1 1482720 256 16 mesh:1", "deallocate DRAM 1048640 mesh:1",
                    "deallocate_cb chip:0"));
}

TEST(Scenario, GoesOnAfterWhatTheRuntimeRefuses) {
    const auto lines = played(
        "runtime n150 0.66.0\n"
        "open 1 1 0 0\n"
        "allocate large L1 134217728 2048\n"
        "op 1 0 0 7 7 1499136\n"
        "allocate small L1 2048 2048\n"
        "clear\n");
    ASSERT_EQ(lines.size(), 4u);
    EXPECT_THAT(lines[0], testing::StartsWith("error Out of Memory: Not enough space to allocate "
                                              "134217728 B L1 buffer across 64 banks"));
    EXPECT_EQ(lines[1], "allocate_cb 103552 1499136 64 mesh:0");
    EXPECT_THAT(lines[2], testing::HasSubstr("beyond max L1 size of 1499136 B"));
    EXPECT_EQ(lines[3], "allocate L1 1497088 2048 2048 mesh:0");
}

TEST(Scenario, StepsWithoutAnOpenDeviceAreRefused) {
    EXPECT_THAT(
        played("runtime n150 0.81.1\n"
               "allocate early DRAM 2048 2048\n"
               "close\n"
               "open 2 4 0 0\n"
               "device 0 0 0\n"
               "close\n"
               "allocate late DRAM 2048 2048\n"
               "op 1 0 0 7 7 4096\n"),
        ElementsAre("error No device is open", "error No device is open",
                    "error Requested a 2x4 mesh of a cluster of 1 devices",
                    "error Device 1 is not initialized", "error Device 1 is not initialized"));
}

TEST(Scenario, ALineThatIsNoStepIsNamed) {
    EXPECT_EQ(refused("open 1 1 0 0\n"), "line 1: the first step is runtime");
    EXPECT_EQ(refused("\nruntime n150 1.0\n"), "line 2: no such machine or release");
    EXPECT_EQ(refused("runtime n150 0.81.1\nopne\n"), "line 2: no such step: opne");
    EXPECT_EQ(refused("runtime n150 0.81.1\nopen 1 x 0 0\n"),
              "line 2: a word is missing or no number");
}

}  // namespace
}  // namespace plimsoll::model
