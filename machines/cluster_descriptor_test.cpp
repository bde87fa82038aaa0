#include "machines/cluster_descriptor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

namespace plimsoll::machines {
namespace {

using testing::HasSubstr;

TEST(ClusterDescriptor, OfN150IsThisText) {
    EXPECT_EQ(cluster_descriptor(*find("n150")),
              R"(arch:
  0: wormhole_b0
chips:
  0: [0, 0, 0, 0]
chip_unique_ids:
  0: 4294967297
chips_with_mmio:
  - 0: 0
io_device_type: PCIe
ethernet_connections: []
ethernet_connections_to_remote_devices: []
harvesting:
  0: {noc_translation: true, harvest_mask: 64, dram_harvesting_mask: 0, eth_harvesting_mask: 0, pcie_harvesting_mask: 0, l2cpu_harvesting_mask: 0}
chip_to_boardtype:
  0: n150
boards:
  - [{board_id: 72059269368820857}, {board_type: n150}, {chips: [0]}]
)");
}

TEST(ClusterDescriptor, OfT3kHoldsWhatTheHardwareReports) {
    const std::string text = cluster_descriptor(*find("t3k"));
    EXPECT_THAT(text, HasSubstr("  4: [0, 0, 0, 0]\n"));
    EXPECT_THAT(text, HasSubstr("  7: [3, 1, 0, 0]\n"));
    EXPECT_THAT(text, HasSubstr("  7: 14521741482\n"));
    EXPECT_THAT(text, HasSubstr("chips_with_mmio:\n  - 0: 0\n  - 1: 1\n  - 2: 3\n  - 3: 2\n"));
    EXPECT_THAT(text, HasSubstr("  0: {noc_translation: true, harvest_mask: 544,"));
    EXPECT_THAT(text, HasSubstr("  7: {noc_translation: true, harvest_mask: 528,"));
    EXPECT_THAT(text, HasSubstr("  - [{board_id: 72058994491928729}, {board_type: n300}, "
                                "{chips: [5, 1]}]\n"));
}

TEST(ClusterDescriptor, OfT3kHasTwoChannelsPerLink) {
    const std::string text = cluster_descriptor(*find("t3k"));
    EXPECT_THAT(text, HasSubstr("  - [{chip: 0, chan: 8}, {chip: 4, chan: 0}]\n"
                                "  - [{chip: 0, chan: 9}, {chip: 4, chan: 1}]\n"));
    std::size_t connections = 0;
    for (auto at = text.find("- [{chip:"); at != std::string::npos;
         at = text.find("- [{chip:", at + 1)) {
        ++connections;
    }
    EXPECT_EQ(connections, 20u);
}

TEST(ClusterDescriptor, OfABoardWithTraysTellsThemByTheBus) {
    const std::string text = cluster_descriptor(*find("galaxy"));
    EXPECT_THAT(text, HasSubstr("chip_to_bus_id:\n  0: \"0xc1\"\n  1: \"0x41\"\n"));
    EXPECT_THAT(text, HasSubstr("asic_locations:\n  0: 1\n  1: 1\n  2: 1\n  3: 1\n  4: 2\n"));
    EXPECT_THAT(cluster_descriptor(*find("t3k")), testing::Not(HasSubstr("chip_to_bus_id")));
}

TEST(ClusterDescriptor, OfABoardThatSomeReleasesMistakeKeepsItsTypeToTheBoard) {
    const std::string galaxy = cluster_descriptor(*find("galaxy"));
    EXPECT_THAT(galaxy, testing::Not(HasSubstr("chip_to_boardtype")));
    EXPECT_THAT(galaxy, HasSubstr("{board_type: ubb}"));
    EXPECT_THAT(cluster_descriptor(*find("bh-galaxy")), HasSubstr("  31: ubb_blackhole\n"));
}

TEST(ClusterDescriptor, OfAMachineWithoutEthernetCoordinatesSaysSo) {
    const std::array<Chip, 1> chips = {{{0, {}, 7, {.tensix = 192, .dram = 8}, 0}}};
    const std::array<int, 1> on_board = {0};
    const std::array<Board, 1> boards = {{{1, "p100", on_board}}};
    const Machine blackhole = {"p100", "", "blackhole", 1, 1, {}, chips, {}, boards};

    const std::string text = cluster_descriptor(blackhole);

    EXPECT_THAT(text, HasSubstr("chips: {}\n"));
    EXPECT_THAT(text, HasSubstr("harvest_mask: 192, dram_harvesting_mask: 8,"));
}

}  // namespace
}  // namespace plimsoll::machines
