#include "machines/cluster_descriptor.hpp"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

namespace plimsoll::machines {
namespace {

using Text = std::back_insert_iterator<std::string>;

bool has_trays(const Machine& machine) {
    return !machine.chips.empty() && machine.chips.front().tray.has_value();
}

void chips(Text out, const Machine& machine) {
    fmt::format_to(out, "arch:\n");
    for (const Chip& chip : machine.chips) {
        fmt::format_to(out, "  {}: {}\n", chip.id, machine.arch);
    }

    const bool placed = !machine.chips.empty() && machine.chips.front().coordinates.has_value();
    fmt::format_to(out, "chips:{}\n", placed ? "" : " {}");
    for (const Chip& chip : machine.chips) {
        if (!chip.coordinates) continue;
        const EthernetCoordinates& at = *chip.coordinates;
        fmt::format_to(out, "  {}: [{}, {}, {}, {}]\n", chip.id, at.x, at.y, at.rack, at.shelf);
    }

    fmt::format_to(out, "chip_unique_ids:\n");
    for (const Chip& chip : machine.chips) {
        fmt::format_to(out, "  {}: {}\n", chip.id, chip.unique_id);
    }

    fmt::format_to(out, "chips_with_mmio:\n");
    for (const Chip& chip : machine.chips) {
        if (chip.pci_device) fmt::format_to(out, "  - {}: {}\n", chip.id, *chip.pci_device);
    }
    fmt::format_to(out, "io_device_type: PCIe\n");
}

// A board with trays: the runtime tells its trays by the bus.
void trays(Text out, const Machine& machine) {
    if (!has_trays(machine)) return;
    fmt::format_to(out, "chip_to_bus_id:\n");
    for (const Chip& chip : machine.chips) {
        fmt::format_to(out, "  {}: \"{:#04x}\"\n", chip.id, chip.tray->bus);
    }
    fmt::format_to(out, "asic_locations:\n");
    for (const Chip& chip : machine.chips) {
        fmt::format_to(out, "  {}: {}\n", chip.id, chip.tray->place);
    }
}

void links(Text out, const Machine& machine) {
    fmt::format_to(out, "ethernet_connections:{}\n", machine.links.empty() ? " []" : "");
    for (const Link& link : machine.links) {
        for (int i = 0; i < link.width; ++i) {
            fmt::format_to(out, "  - [{{chip: {}, chan: {}}}, {{chip: {}, chan: {}}}]\n",
                           link.a.chip, link.a.channel + i, link.b.chip, link.b.channel + i);
        }
    }
    fmt::format_to(out, "ethernet_connections_to_remote_devices: []\n");
}

void harvesting(Text out, const Machine& machine) {
    fmt::format_to(out, "harvesting:\n");
    for (const Chip& chip : machine.chips) {
        const HarvestMasks& mask = chip.harvested;
        fmt::format_to(out,
                       "  {}: {{noc_translation: true, harvest_mask: {}, "
                       "dram_harvesting_mask: {}, eth_harvesting_mask: {}, "
                       "pcie_harvesting_mask: {}, l2cpu_harvesting_mask: {}}}\n",
                       chip.id, mask.tensix, mask.dram, mask.ethernet, mask.pcie, mask.l2cpu);
    }
}

void board_types(Text out, const Machine& machine) {
    // Told of this type here, release 0.66 expects cables that such a board does not have.
    if (machine.boards.front().type == std::string_view("ubb")) return;
    fmt::format_to(out, "chip_to_boardtype:\n");
    for (const Board& board : machine.boards) {
        for (const int chip : board.chips) fmt::format_to(out, "  {}: {}\n", chip, board.type);
    }
}

void boards(Text out, const Machine& machine) {
    fmt::format_to(out, "boards:\n");
    for (const Board& board : machine.boards) {
        fmt::format_to(out, "  - [{{board_id: {}}}, {{board_type: {}}}, {{chips: [{}]}}]\n",
                       board.id, board.type, fmt::join(board.chips, ", "));
    }
}

}  // namespace

std::string cluster_descriptor(const Machine& machine) {
    std::string text;
    const Text out(text);
    chips(out, machine);
    trays(out, machine);
    links(out, machine);
    harvesting(out, machine);
    board_types(out, machine);
    boards(out, machine);
    return text;
}

}  // namespace plimsoll::machines
