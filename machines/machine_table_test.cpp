#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "machines/machine.hpp"

namespace plimsoll::machines {
namespace {

class MachineTable : public testing::TestWithParam<const Machine*> {
  protected:
    const Machine& machine() const { return *GetParam(); }
};

std::vector<const Machine*> every_machine() {
    std::vector<const Machine*> machines;
    for (const Machine& machine : all()) machines.push_back(&machine);
    return machines;
}

INSTANTIATE_TEST_SUITE_P(All, MachineTable, testing::ValuesIn(every_machine()),
                         [](const auto& test) {
                             std::string name = test.param->name;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(MachineTable, FindsTheMachineByItsName) { EXPECT_EQ(find(machine().name), GetParam()); }

TEST_P(MachineTable, NumbersItsChipsFromZero) {
    for (std::size_t i = 0; i < machine().chips.size(); ++i) {
        EXPECT_EQ(machine().chips[i].id, static_cast<int>(i));
    }
}

TEST_P(MachineTable, FillsItsMeshExactly) {
    EXPECT_EQ(machine().chips.size(), static_cast<std::size_t>(machine().rows * machine().columns));
}

TEST_P(MachineTable, GivesEveryChipAPlaceOfItsOwn) {
    std::set<std::uint64_t> unique_ids;
    std::set<std::array<int, 4>> places;
    std::set<int> pci_devices;
    for (const Chip& chip : machine().chips) {
        EXPECT_TRUE(unique_ids.insert(chip.unique_id).second) << "chip " << chip.id;
        if (chip.pci_device) {
            EXPECT_TRUE(pci_devices.insert(*chip.pci_device).second) << "chip " << chip.id;
        }
        if (chip.coordinates) {
            const auto& at = *chip.coordinates;
            EXPECT_TRUE(places.insert({at.x, at.y, at.rack, at.shelf}).second) << chip.id;
        }
    }
    EXPECT_FALSE(pci_devices.empty()) << "nothing of the machine can be reached";
}

TEST_P(MachineTable, PutsEveryChipOnExactlyOneBoard) {
    std::map<int, int> boards_of_chip;
    std::set<std::uint64_t> board_ids;
    for (const Board& board : machine().boards) {
        EXPECT_TRUE(board_ids.insert(board.id).second) << board.id;
        for (const int chip : board.chips) ++boards_of_chip[chip];
    }
    EXPECT_EQ(boards_of_chip.size(), machine().chips.size());
    for (const Chip& chip : machine().chips) EXPECT_EQ(boards_of_chip[chip.id], 1) << chip.id;
}

TEST_P(MachineTable, UsesEachPortForOneLinkBetweenTwoOfItsChips) {
    std::set<std::array<int, 2>> used;
    for (const Link& link : machine().links) {
        EXPECT_NE(link.a.chip, link.b.chip);
        for (const Port& port : {link.a, link.b}) {
            EXPECT_LT(static_cast<std::size_t>(port.chip), machine().chips.size());
            for (int i = 0; i < link.width; ++i) {
                EXPECT_TRUE(used.insert({port.chip, port.channel + i}).second)
                    << "chip " << port.chip << " channel " << port.channel + i;
            }
        }
    }
}

TEST_P(MachineTable, ConnectsAllItsChips) {
    std::set<int> reached = {0};
    for (std::size_t round = 0; round < machine().chips.size(); ++round) {
        for (const Link& link : machine().links) {
            if (reached.contains(link.a.chip)) reached.insert(link.b.chip);
            if (reached.contains(link.b.chip)) reached.insert(link.a.chip);
        }
    }
    EXPECT_EQ(reached.size(), machine().chips.size());
}

// Two Wormhole chips are cabled only to neighbours: a wrong row of the table shows here.
TEST_P(MachineTable, LinksNeighboursOnly) {
    for (const Link& link : machine().links) {
        const auto& a = machine().chips[static_cast<std::size_t>(link.a.chip)].coordinates;
        const auto& b = machine().chips[static_cast<std::size_t>(link.b.chip)].coordinates;
        if (!a || !b) continue;
        EXPECT_EQ(std::abs(a->x - b->x) + std::abs(a->y - b->y), 1)
            << link.a.chip << " to " << link.b.chip;
    }
}

TEST(MachineTableLookup, HasNoMachineOfAnUnknownName) { EXPECT_EQ(find("n151"), nullptr); }

}  // namespace
}  // namespace plimsoll::machines
