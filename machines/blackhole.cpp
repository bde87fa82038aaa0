#include "machines/families.hpp"

namespace plimsoll::machines {
namespace {

// Two Tensix columns fused off; on the p100 also a DRAM channel and the Ethernet.
constexpr std::array<Chip, 1> kP100Chips = {
    {{0, {}, 0xb1ac'0000'0100u, {.tensix = 192, .dram = 8, .ethernet = 16383, .pcie = 2}, 0}}};
constexpr std::array<Chip, 1> kP150Chips = {
    {{0, {}, 0xb1ac'0000'0150u, {.tensix = 192, .dram = 0, .ethernet = 288, .pcie = 2}, 0}}};
constexpr std::array<int, 1> kOneChip = counted<1>();
constexpr std::array<Board, 1> kP100Boards = {{{4613626507328, "p100", kOneChip}}};
constexpr std::array<Board, 1> kP150Boards = {{{4402341478400, "p150", kOneChip}}};

// Eight cards in two squares of four, each chip cabled to the same of the other square.
constexpr std::size_t kChips = 8;
constexpr int kPci[kChips] = {2, 3, 1, 0, 6, 7, 5, 4};

constexpr std::array<Chip, kChips> chips_of_eight() {
    std::array<Chip, kChips> chips{};
    for (std::size_t id = 0; id < kChips; ++id) {
        chips[id] = {static_cast<int>(id),
                     {},
                     0xb1ac'0000'1500u + id,
                     {.tensix = 192, .dram = 0, .ethernet = 288, .pcie = 2},
                     kPci[id]};
    }
    return chips;
}

constexpr std::array<Link, 24> links_of_eight() {
    std::array<Link, 24> links{};
    std::size_t used = 0;
    const auto add = [&](int a, int a_channel, int b, int b_channel) {
        links[used++] = {{a, a_channel}, {b, b_channel}, 1};
    };
    for (const int square : {0, 4}) {
        add(square, 4, square + 1, 7);
        add(square, 6, square + 1, 5);
        add(square, 5, square + 2, 6);
        add(square, 7, square + 2, 4);
        add(square + 1, 4, square + 3, 7);
        add(square + 1, 6, square + 3, 5);
        add(square + 2, 5, square + 3, 6);
        add(square + 2, 7, square + 3, 4);
    }
    for (int chip = 0; chip < 4; ++chip) {
        add(chip, 8, chip + 4, 11);
        add(chip, 10, chip + 4, 9);
    }
    return links;
}

constexpr auto kEightChips = chips_of_eight();
constexpr auto kEightLinks = links_of_eight();
constexpr std::array<int, kChips> kNumbers = counted<kChips>();

// Each card has one chip.
constexpr std::array<Board, kChips> boards_of_eight() {
    std::array<Board, kChips> boards{};
    for (std::size_t i = 0; i < kChips; ++i) {
        boards[i] = {4476187570394 + i, "p150", std::span(kNumbers).subspan(i, 1)};
    }
    return boards;
}
constexpr auto kEightBoards = boards_of_eight();

}  // namespace

Machine p100() {
    return {"p100", "one Blackhole chip", "blackhole", 1, 1, blackhole_chip(11, 10, 7), kP100Chips,
            {},     kP100Boards};
}

Machine p150() {
    return {"p150", "one Blackhole chip", "blackhole", 1, 1, blackhole_chip(11, 10), kP150Chips,
            {},     kP150Boards};
}

Machine p150x8() {
    return {"p150x8",    "eight p150 cards", "blackhole", 2, 4, blackhole_chip(11, 10),
            kEightChips, kEightLinks,        kEightBoards};
}

}  // namespace plimsoll::machines
