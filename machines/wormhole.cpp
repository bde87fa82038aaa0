#include "machines/families.hpp"

namespace plimsoll::machines {
namespace {

constexpr ChipCapacity kCapacity = wormhole_chip(8, 8);
constexpr std::uint32_t rows(int first, int second) { return 1u << first | 1u << second; }

// One card, one chip, one Tensix row fused off.
constexpr std::array<Chip, 1> kN150Chips = {{
    {0, EthernetCoordinates{0, 0, 0, 0}, 0x1'0000'0001, {.tensix = 1u << 6}, 0},
}};
constexpr std::array<int, 1> kN150Board = counted<1>();
constexpr std::array<Board, 1> kN150Boards = {{{72059269368820857, "n150", kN150Board}}};

// One card, two chips; the second one is reached through the first.
constexpr std::array<Chip, 2> kN300Chips = {{
    {0, EthernetCoordinates{0, 0, 0, 0}, 0x1'0000'0002, {.tensix = rows(0, 6)}, 0},
    {1, EthernetCoordinates{1, 0, 0, 0}, 0x2'0000'0002, {.tensix = rows(0, 2)}, {}},
}};
constexpr std::array<Link, 1> kN300Links = {{{{0, 8}, {1, 0}, 2}}};
constexpr std::array<int, 2> kN300Board = counted<2>();
constexpr std::array<Board, 1> kN300Boards = {{{72058994491072686, "n300", kN300Board}}};

// Four n300 cards; the left chip of each (0-3) is on PCIe, the right one (4-7) behind it. As a
// mesh the chips stand as 4 0 2 6 over 5 1 3 7.
constexpr std::array<Chip, 8> kT3kChips = {{
    {0, EthernetCoordinates{1, 0, 0, 0}, 10226774059, {.tensix = rows(5, 9)}, 0},
    {1, EthernetCoordinates{1, 1, 0, 0}, 10226774169, {.tensix = rows(0, 9)}, 1},
    {2, EthernetCoordinates{2, 0, 0, 0}, 10226774183, {.tensix = rows(7, 9)}, 3},
    {3, EthernetCoordinates{2, 1, 0, 0}, 10226774186, {.tensix = rows(0, 9)}, 2},
    {4, EthernetCoordinates{0, 0, 0, 0}, 14521741355, {.tensix = rows(6, 9)}, {}},
    {5, EthernetCoordinates{0, 1, 0, 0}, 14521741465, {.tensix = rows(0, 9)}, {}},
    {6, EthernetCoordinates{3, 0, 0, 0}, 14521741479, {.tensix = rows(0, 9)}, {}},
    {7, EthernetCoordinates{3, 1, 0, 0}, 14521741482, {.tensix = rows(4, 9)}, {}},
}};
constexpr std::array<Link, 10> kT3kLinks = {{
    // inside a card: left chip to right chip
    {{0, 8}, {4, 0}, 2},
    {{1, 8}, {5, 0}, 2},
    {{2, 8}, {6, 0}, 2},
    {{3, 8}, {7, 0}, 2},
    // between cards
    {{0, 6}, {2, 6}, 2},
    {{0, 14}, {1, 14}, 2},
    {{1, 0}, {3, 0}, 2},
    {{2, 14}, {3, 14}, 2},
    {{4, 6}, {5, 6}, 2},
    {{6, 6}, {7, 6}, 2},
}};
constexpr std::array<int, 2> kT3kCard0 = {4, 0};
constexpr std::array<int, 2> kT3kCard1 = {5, 1};
constexpr std::array<int, 2> kT3kCard2 = {6, 2};
constexpr std::array<int, 2> kT3kCard3 = {7, 3};
constexpr std::array<Board, 4> kT3kBoards = {{
    {72058994491928619, "n300", kT3kCard0},
    {72058994491928729, "n300", kT3kCard1},
    {72058994491928743, "n300", kT3kCard2},
    {72058994491928746, "n300", kT3kCard3},
}};

}  // namespace

Machine n150() {
    return {"n150", "one Wormhole chip", "wormhole_b0", 1, 1, kCapacity, kN150Chips,
            {},     kN150Boards};
}

Machine n300() {
    return {"n300",
            "two Wormhole chips on one card",
            "wormhole_b0",
            1,
            2,
            kCapacity,
            kN300Chips,
            kN300Links,
            kN300Boards};
}

Machine t3k() {
    return {"t3k",
            "eight Wormhole chips on four n300 cards",
            "wormhole_b0",
            2,
            4,
            kCapacity,
            kT3kChips,
            kT3kLinks,
            kT3kBoards};
}

}  // namespace plimsoll::machines
