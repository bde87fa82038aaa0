#include "machines/families.hpp"

// Machines of 32 chips: four trays of eight. On a tray the chips stand in two rows of four.
namespace plimsoll::machines {
namespace {

constexpr int kTrays = 4;
constexpr int kOnTray = 8;
constexpr int kInRow = 4;
constexpr int kChips = kTrays * kOnTray;
constexpr std::array<int, kChips> kBoard = counted<kChips>();

// The channels of one link.
struct Ends {
    int here, there;
};

// Fills an array of links one by one.
template <std::size_t kCount>
struct Links {
    std::array<Link, kCount> links{};
    std::size_t used = 0;

    constexpr void add(int a, int a_channel, int b, int b_channel, int width) {
        links[used++] = {{a, a_channel}, {b, b_channel}, width};
    }

    // Inside a tray: each chip to the one below it, by the channels of `down`, and to the next in
    // its row, by those of `along`. `chip` gives the number of a place.
    template <class Chip>
    constexpr void add_tray(Chip chip, Ends down, Ends along, int width) {
        for (int place = 0; place < kInRow; ++place) {
            const int below = place + kInRow;
            add(chip(place), down.here, chip(below), down.there, width);
            if (place == kInRow - 1) continue;
            add(chip(place), along.here, chip(place + 1), along.there, width);
            add(chip(below), along.here, chip(below + 1), along.there, width);
        }
    }
};

// ---- Wormhole: chip 4 * place + tray

constexpr int kWormholeBuses[kTrays] = {0xc0, 0x40, 0x00, 0x80};
constexpr int kWormholePci[kChips] = {11, 29, 2, 21, 10, 24, 5, 18, 12, 27, 1, 19, 14, 30, 4, 17,
                                      8,  26, 6, 16, 15, 31, 7, 23, 9,  25, 3, 22, 13, 28, 0, 20};

constexpr std::array<Chip, kChips> wormhole_chips() {
    std::array<Chip, kChips> chips{};
    for (int id = 0; id < kChips; ++id) {
        const int tray = id % kTrays;
        const int place = id / kTrays + 1;
        // The runtime takes the place from the highest byte.
        const auto unique =
            static_cast<std::uint64_t>(place) << 56 | 0x3531'0000u | static_cast<unsigned>(tray);
        chips[static_cast<std::size_t>(id)] = {
            id, {}, unique, {}, kWormholePci[id], Tray{kWormholeBuses[tray] + place, place}};
    }
    return chips;
}

constexpr auto wormhole_links() {
    Links<52> to;
    for (int tray = 0; tray < kTrays; ++tray) {
        to.add_tray([tray](int place) { return place * kTrays + tray; }, {12, 0}, {8, 4}, 4);
    }
    // From tray to tray: the ends of the rows, and the second rows.
    for (const int left : {12, 14, 28, 30}) to.add(left, 8, left + 1, 8, 4);
    for (int place = kInRow; place < kOnTray; ++place) {
        for (const int tray : {0, 1}) {
            to.add(place * kTrays + tray, 12, place * kTrays + tray + 2, 12, 4);
        }
    }
    return to.links;
}

constexpr auto kWormholeChips = wormhole_chips();
constexpr auto kWormholeLinks = wormhole_links();
constexpr std::array<Board, 1> kWormholeBoards = {{{72061240465162240, "ubb", kBoard}}};

// ---- Blackhole: chip 8 * tray + place

constexpr int kBlackholeBuses[kTrays] = {0x00, 0x40, 0x80, 0xc0};
constexpr int kBlackholePci[kTrays] = {0, 8, 24, 16};

// Which Tensix column is fused off.
constexpr int kFusedOff[kChips] = {12, 7, 7, 12, 8, 12, 0, 10, 9,  2, 11, 8, 10, 7, 7, 12,
                                   5,  5, 9, 10, 8, 1,  4, 11, 10, 0, 2,  4, 10, 4, 0, 10};

constexpr std::array<Chip, kChips> blackhole_chips() {
    std::array<Chip, kChips> chips{};
    for (int id = 0; id < kChips; ++id) {
        const int tray = id / kOnTray;
        const int place = id % kOnTray + 1;
        const HarvestMasks harvested = {
            .tensix = 1u << kFusedOff[id], .dram = 0, .ethernet = 288, .pcie = 1, .l2cpu = 0};
        chips[static_cast<std::size_t>(id)] = {id,
                                               {},
                                               0xb1ac'0000'0000u + static_cast<unsigned>(id),
                                               harvested,
                                               kBlackholePci[tray] + place - 1,
                                               Tray{kBlackholeBuses[tray] + place, place}};
    }
    return chips;
}

// The channels between two trays, which are the same on both ends: by place, -1 for none.
constexpr int kAcross[kOnTray] = {0, 0, 8, 8, 6, 6, 6, 6};
constexpr int kAlong[kOnTray] = {2, -1, 0, 4, 2, -1, 8, 4};

constexpr auto blackhole_links() {
    Links<70> to;
    for (int tray = 0; tray < kTrays; ++tray) {
        to.add_tray([tray](int place) { return tray * kOnTray + place; }, {6, 0}, {4, 2}, 2);
    }
    for (int place = 0; place < kOnTray; ++place) {
        const auto chip = [place](int tray) { return tray * kOnTray + place; };
        for (const int tray : {0, 2}) {
            to.add(chip(tray), kAcross[place], chip(tray + 1), kAcross[place], 2);
        }
        if (kAlong[place] < 0) continue;
        to.add(chip(0), kAlong[place], chip(3), kAlong[place], 2);
        to.add(chip(1), kAlong[place], chip(2), kAlong[place], 2);
    }
    // The last place has two cables to the tray beside it.
    to.add(7, 8, 31, 8, 2);
    to.add(15, 8, 23, 8, 2);
    return to.links;
}

constexpr auto kBlackholeChips = blackhole_chips();
constexpr auto kBlackholeLinks = blackhole_links();
constexpr std::array<Board, 1> kBlackholeBoards = {{{4892773056512, "ubb_blackhole", kBoard}}};

}  // namespace

Machine galaxy() {
    return {"galaxy",
            "32 Wormhole chips on four trays",
            "wormhole_b0",
            8,
            4,
            wormhole_chip(8, 9),
            kWormholeChips,
            kWormholeLinks,
            kWormholeBoards};
}

Machine blackhole_galaxy() {
    return {"bh-galaxy",
            "32 Blackhole chips on four trays",
            "blackhole",
            8,
            4,
            blackhole_chip(12, 10),
            kBlackholeChips,
            kBlackholeLinks,
            kBlackholeBoards};
}

}  // namespace plimsoll::machines
