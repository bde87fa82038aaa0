#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace plimsoll::machines {

// Where a Wormhole chip sits in the Ethernet network. Blackhole chips have no such coordinates.
struct EthernetCoordinates {
    int x, y, rack, shelf;
    bool operator==(const EthernetCoordinates&) const = default;
};

// Units that are fused off: bit n stands for row n (Tensix of a Wormhole), column n (Tensix of a
// Blackhole) or unit n.
struct HarvestMasks {
    std::uint32_t tensix = 0, dram = 0, ethernet = 0, pcie = 0, l2cpu = 0;
};

// Where a chip sits on a board of trays: its tray by the PCI bus, its place there from 1.
struct Tray {
    int bus, place;
};

struct Chip {
    int id;
    std::optional<EthernetCoordinates> coordinates;
    std::uint64_t unique_id;
    HarvestMasks harvested;
    std::optional<int> pci_device{};  // none: reached over Ethernet only
    std::optional<Tray> tray{};       // of machines whose chips share one board
};

struct Port {
    int chip, channel;
    bool operator==(const Port&) const = default;
};

// A cable or trace between two chips: `width` channels, counted up from the named ones on both
// sides. Each link stands in the table once and holds in both directions.
struct Link {
    Port a, b;
    int width;
};

struct Board {
    std::uint64_t id;
    const char* type;  // as the runtime spells it: n150, n300, p150, ...
    std::span<const int> chips;
};

// What one compute chip of the machine offers to a program.
struct ChipCapacity {
    int grid_columns, grid_rows;  // compute cores a program can use by default
    int dram_channels;
    std::uint64_t bytes_per_dram_channel;
    std::uint64_t l1_bytes_per_core;
};

// A machine that a program can run on without its hardware: the facts the runtime would otherwise
// ask the hardware for. Everything about a machine is derived from this entry of the table.
//
// Owns: nothing; all spans and texts point into the table and live as long as the program.
struct Machine {
    const char* name;   // what the user types
    const char* title;  // one line for a person
    const char* arch;   // as the runtime spells it
    int rows, columns;  // shape of the mesh of all chips
    ChipCapacity capacity;
    std::span<const Chip> chips;
    std::span<const Link> links;
    std::span<const Board> boards;
};

// The table, in the order in which it is shown.
std::span<const Machine> all();

// The machine of that name; nullptr when the table has none.
const Machine* find(std::string_view name);

}  // namespace plimsoll::machines
