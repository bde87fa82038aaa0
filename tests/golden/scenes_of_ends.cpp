#include "findings/judge.hpp"
#include "tests/golden/builders.hpp"
#include "tests/golden/scenes.hpp"

namespace plimsoll::golden {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);
constexpr auto kL1 = static_cast<std::size_t>(Region::l1);
constexpr std::uint64_t kMiB = 1024 * 1024;

ledger::ProcessView on_one_chip(ledger::ProcessState state) {
    auto view = process(4711, "python", "ttnn 0.81.1", state);
    view.devices = {wormhole(0, 105824)};
    view.devices[0].mesh = 1;
    return view;
}

}  // namespace

findings::Report killed() {
    auto view = on_one_chip(ledger::ProcessState::killed);
    view.signal = 9;
    view.held = {buffer(1, Region::dram, 32 * kMiB, 12, {0}, site("train.py", 41, "load")),
                 buffer(2, Region::dram, 32 * kMiB, 12, {0}, site("train.py", 41, "load")),
                 buffer(3, Region::l1, 8 * kMiB, 64, {0}, site("train.py", 57, "step"))};
    view.held_count = 3;
    set_peak(view.devices[0].regions[kDram], 64 * kMiB,
             {{Kind::buffer, 2, "", site("train.py", 41, "load", "ttnn.from_torch")}});
    set_peak(view.devices[0].regions[kL1], 8 * kMiB, {{Kind::buffer, 1, "", {}}});
    set_peak(view.devices[0].l1_per_core, 8 * kMiB / 64, {{Kind::buffer, 1, "", {}}});
    view.kinds = {{Kind::buffer, 3, 0, 3, 0, 0, 0, {72 * kMiB, {}}}};
    view.reported_active = 3;
    view.events = {9, 9, 0};
    return report({"python", "train.py", "--steps", "1000"}, "mock:n150", {view});
}

findings::Report outlives_device() {
    auto view = on_one_chip(ledger::ProcessState::exited);
    for (std::uint64_t id = 1; id <= 16; ++id) {
        view.ended.push_back(buffer(id, Region::dram, 2 * kMiB, 12, {0},
                                    site("model.py", 12, "forward", "ttnn.linear")));
    }
    view.ended.push_back(buffer(17, Region::l1, 65536, 64, {0}, site("model.py", 30, "<module>")));
    for (auto& row : view.ended) row.ending = ledger::Ending::outlived_device;
    view.ended_count = {0, 0, 17};
    set_peak(view.devices[0].regions[kDram], 32 * kMiB, {{Kind::buffer, 16, "", {}}});
    set_peak(view.devices[0].regions[kL1], 65536, {{Kind::buffer, 1, "", {}}});
    set_peak(view.devices[0].l1_per_core, 2048, {{Kind::buffer, 1, "", {}}});
    view.kinds = {{Kind::buffer, 20, 20, 20, 3, 0, 0, {32 * kMiB + 65536, {}}}};
    view.reported_active = 17;
    view.events = {44, 44, 0};
    return report({"python", "model.py"}, "", {view});
}

findings::Report grows() {
    auto view = on_one_chip(ledger::ProcessState::exited);
    const ledger::CallSite kept = {{{"/home/user/decode.py", "step", 19},
                                    {"/home/user/decode.py", "generate", 31},
                                    {"/home/user/main.py", "<module>", 8}},
                                   "ttnn.add"};
    const auto softmax = site("decode.py", 22, "attend", "ttnn.softmax");
    for (std::uint64_t id = 3; id <= 30; id += 3) {
        view.ended.push_back(buffer(id, Region::dram, 2 * kMiB, 12, {0}, kept));
        view.ended.back().ending = ledger::Ending::outlived_device;
    }
    view.ended_count = {0, 0, 10};
    view.growths = {{{4},
                     softmax,
                     Kind::circular_buffer,
                     Region::l1,
                     Owner::program,
                     {0},
                     true,
                     {9},
                     "token",
                     20,
                     160,
                     160 * kMiB,
                     0,
                     {{{1, 8, 8 * kMiB}, {10, 80, 80 * kMiB}, {20, 160, 160 * kMiB}}},
                     Coverage::exact},
                    {{5},
                     kept,
                     Kind::buffer,
                     Region::dram,
                     Owner::user,
                     {0},
                     true,
                     {9},
                     "token",
                     20,
                     10,
                     20 * kMiB,
                     20 * kMiB + 163840,
                     {{{2, 1, 2 * kMiB}, {12, 6, 12 * kMiB}, {20, 10, 20 * kMiB}}},
                     Coverage::exact}};
    set_peak(view.devices[0].regions[kDram], 11 * 2113536, {{Kind::buffer, 11, "", {}}});
    view.kinds = {{Kind::buffer, 40, 40, 40, 30, 0, 0, {11 * 2113536, {}}}};
    view.reported_active = 10;
    view.events = {110, 110, 0};
    return report({"python", "main.py"}, "mock:n150", {view});
}

findings::Report cache_holds() {
    auto view = on_one_chip(ledger::ProcessState::exited);
    const auto conv = site("unet.py", 40, "down", "ttnn.conv2d");
    view.ended = {buffer(1, Region::dram, 524288, 12, {0}, site("unet.py", 61, "split")),
                  buffer(2, Region::l1_small, 1792, 64, {0}, conv),
                  buffer(3, Region::l1_small, 1792, 64, {0}, conv),
                  buffer(4, Region::dram, 2 * kMiB, 12, {0}, site("unet.py", 12, "<module>"))};
    for (auto& row : view.ended) row.ending = ledger::Ending::held_by_device;
    view.ended[3].ending = ledger::Ending::outlived_device;
    view.ended_count = {0, 0, 1, 0, 3};
    set_peak(view.devices[0].regions[kDram], 2662400, {{Kind::buffer, 2, "", {}}});
    view.kinds = {{Kind::buffer, 30, 30, 30, 26, 0, 0, {8 * kMiB, {}}}};
    view.reported_active = 4;
    view.events = {64, 64, 0};
    return report({"python", "unet.py"}, "mock:n150", {view});
}

findings::Report left_at_exit() {
    auto view = on_one_chip(ledger::ProcessState::exited);
    view.exit_code = 1;
    view.ended = {buffer(1, Region::dram, 2 * kMiB, 12, {0}, site("infer.py", 18, "main"))};
    view.ended[0].ending = ledger::Ending::left_at_exit;
    view.ended_count = {0, 0, 0, 1};
    set_peak(view.devices[0].regions[kDram], 2113536, {{Kind::buffer, 1, "", {}}});
    view.kinds = {{Kind::buffer, 1, 1, 1, 0, 0, 0, {2113536, {}}}};
    view.reported_active = 1;
    view.events = {6, 6, 0};
    return report({"python", "infer.py", "--prompt", "It's late"}, "mock:n150", {view});
}

findings::Report not_attached() {
    findings::Report made;
    made.command = {"python", "-c", "print(1)"};
    made.exit_code = 0;
    made.elapsed_ns = 31000000;
    made.not_attached_why = "the command never loaded libtt_metal.so";
    made.notes = {"plimsoll doctor lists the seams it looks for"};
    return made;
}

findings::Report lost_events() {
    auto view = on_one_chip(ledger::ProcessState::exited);
    view.devices[0].regions[kDram].peak = {10567680, Coverage::at_least};
    view.devices[0].l1_per_core.peak = {0, Coverage::unknown};
    view.devices[0].l1_per_core.capacity = {0, Coverage::unknown};
    view.devices[0].regions[kL1].peak = {0, Coverage::unknown};
    view.devices[0].regions[kL1].capacity = {0, Coverage::unknown};
    view.kinds = {
        {Kind::buffer, 250000, 250000, 250000, 250000, 0, 0, {10567680, Coverage::at_least}}};
    view.kinds.push_back({Kind::circular_buffer, 900, 900, 900, 900, 0, 0, {0, Coverage::unknown}});
    view.coverage = {
        {subject(Kind::buffer), Coverage::exact, ""},
        {subject(Kind::circular_buffer), Coverage::at_least, "programs made before the start"},
        {subject(Kind::dataflow_buffer), Coverage::unknown,
         "this release has no seam that shows where they are"}};
    view.events = {500002, 131072, 368930};
    view.health.unmatched_frees = 1;
    return report({"pytest", "tests/nightly"}, "mock:n150", {view});
}

}  // namespace plimsoll::golden
