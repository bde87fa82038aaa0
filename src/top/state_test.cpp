#include "top/state.hpp"

#include <gtest/gtest.h>

#include "view/text.hpp"

namespace plimsoll::top {
namespace {

constexpr Size kSize{24, 80};

ledger::DeviceUse chip(std::int32_t number, std::uint64_t dram, std::uint64_t l1) {
    ledger::DeviceUse device;
    device.device = number;
    device.arch = "wormhole_b0";
    device.open = true;
    device.regions[0].live.value = dram;
    device.regions[0].capacity.value = 12ull << 30;
    device.regions[1].live.value = l1;
    device.l1_per_core.live.value = l1 / 64;
    device.l1_per_core.capacity.value = 1464 << 10;
    return device;
}

ledger::ProcessView process(std::int32_t pid, const std::string& name, std::uint64_t dram,
                            std::uint64_t l1, std::int32_t first_chip = 0) {
    ledger::ProcessView view;
    view.identity.pid = pid;
    view.identity.name = name;
    view.identity.user = "ann";
    view.devices = {chip(first_chip, dram, l1)};
    view.held_count = static_cast<std::uint64_t>(pid);
    return view;
}

std::string shown(const State& state, Size size = kSize) {
    std::string text;
    for (const Line& line : state.picture(size)) text += text_of(line) + "\n";
    return text;
}

// The lines that are selected.
std::string selected(const State& state) {
    std::string text;
    for (const Line& line : state.picture(kSize)) {
        if (!line.empty() && line[0].ink == Ink::selected) text += text_of(line);
    }
    return text;
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void type(State& state, const std::string& letters) {
    for (const char letter : letters) state.press({Key::text, letter});
}

State three() {
    State state;
    state.see({process(1, "small", 1 << 20, 3 << 20), process(2, "large", 9 << 20, 1 << 20, 1),
               process(3, "middle", 5 << 20, 2 << 20)},
              {});
    return state;
}

// Where each of them is, from the top.
std::string order(const State& state) {
    const std::string text = shown(state);
    std::vector<std::pair<std::size_t, char>> places;
    for (const char* name : {"small", "large", "middle"}) {
        if (has(text, name)) places.push_back({text.find(name), name[0]});
    }
    std::sort(places.begin(), places.end());
    std::string letters;
    for (const auto& place : places) letters += place.second;
    return letters;
}

TEST(Top, EveryPictureFitsItsTerminal) {
    State state;
    std::vector<ledger::ProcessView> many;
    for (int i = 0; i < 200; ++i) {
        many.push_back(
            process(i + 1, "a process with a long name \xff\x1b", 1u << 30, 1 << 20, i % 100));
    }
    state.see(std::move(many), {"a note", "another"});
    for (const Size size : {Size{24, 80}, Size{60, 200}, Size{5, 20}, Size{2, 1}}) {
        for (const char* keys : {"", "?", "?q", "s"}) {
            type(state, keys);
            const Picture picture = state.picture(size);
            EXPECT_EQ(picture.size(), size.rows);
            for (const Line& line : picture) {
                EXPECT_LE(view::display_width(text_of(line)), size.columns);
            }
        }
    }
}

TEST(Top, SortsAndKeepsTheSelectedProcess) {
    State state = three();
    EXPECT_EQ(order(state), "lms");
    EXPECT_TRUE(has(selected(state), "large"));
    type(state, "s");
    EXPECT_EQ(order(state), "sml");
    type(state, "s");
    EXPECT_EQ(order(state), "mls");
    type(state, "s");
    EXPECT_EQ(order(state), "slm");
    EXPECT_TRUE(has(selected(state), "large"));
}

TEST(Top, FiltersWhatIsTypedAndEscShowsAllAgain) {
    State state = three();
    type(state, "/mid");
    EXPECT_EQ(order(state), "m");
    state.press({Key::erase});
    state.press({Key::enter});
    EXPECT_EQ(order(state), "m");
    EXPECT_TRUE(has(shown(state), "only 'mi'"));
    type(state, "q");
    EXPECT_TRUE(state.wants_to_quit());
    state.press({Key::back});
    EXPECT_EQ(order(state), "lms");
}

TEST(Top, AChipShowsOnlyWhoIsOnIt) {
    State state = three();
    state.press({Key::tab});
    state.press({Key::down});
    EXPECT_TRUE(has(selected(state), "1 wormhole"));
    state.press({Key::enter});
    EXPECT_EQ(order(state), "l");
    EXPECT_TRUE(has(shown(state), "chip 1 only"));
}

TEST(Top, PauseKeepsThePicture) {
    State state = three();
    type(state, " ");
    const std::string before = shown(state);
    state.see({}, {});
    EXPECT_EQ(shown(state), before);
    EXPECT_TRUE(has(before, "paused"));
    type(state, " ");
    state.see({}, {});
    EXPECT_TRUE(has(shown(state), "no process"));
}

TEST(Top, LooksIntoAProcessAndAGroupAndBack) {
    State state = three();
    state.press({Key::home});
    state.press({Key::enter});
    EXPECT_EQ(state.wanted_process(), 2);
    ledger::ProcessView large = process(2, "large", 1, 1);
    for (std::uint64_t i = 0; i < 3; ++i) {
        ledger::AllocationView row;
        row.address = 1000 + i;
        row.kind = i == 0 ? Kind::buffer : Kind::circular_buffer;
        row.owner = Owner::user;
        row.devices = {0};
        row.occupied_bytes = 100;
        row.call_site.frames = {{"model.py", "forward", static_cast<std::uint32_t>(12 + i / 2)}};
        large.held.push_back(row);
    }
    large.held_count = 3;
    state.see_process(large);
    EXPECT_TRUE(has(shown(state), "holds 3 allocations"));
    EXPECT_TRUE(has(shown(state), "model.py:12 in forward"));
    EXPECT_TRUE(has(selected(state), "model.py:12"));
    type(state, "bbb");
    EXPECT_TRUE(has(shown(state), "circular buffer"));
    state.press({Key::enter});
    EXPECT_TRUE(has(shown(state), "2 allocations of large (pid 2), circular buffer"));
    EXPECT_TRUE(has(shown(state), "1001"));
    EXPECT_FALSE(has(shown(state), "1000"));
    state.press({Key::back});
    state.press({Key::back});
    EXPECT_FALSE(state.wanted_process());
    state.press({Key::enter});
    EXPECT_TRUE(has(shown(state), "is gone"));
}

TEST(Top, HelpNamesTheKeysAndAnyKeyLeavesIt) {
    State state = three();
    type(state, "?");
    EXPECT_TRUE(has(shown(state), "sort by DRAM"));
    type(state, "q");
    EXPECT_FALSE(state.wants_to_quit());
    EXPECT_EQ(order(state), "lms");
}

}  // namespace
}  // namespace plimsoll::top
