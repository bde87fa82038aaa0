#include "findings/judge.hpp"
#include "tests/golden/builders.hpp"
#include "tests/golden/scenes.hpp"

namespace plimsoll::golden {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);
constexpr std::uint64_t kMiB = 1024 * 1024;

ledger::ProcessView on_chips(std::int32_t pid, std::int32_t count, ledger::ProcessState state) {
    auto view = process(pid, "python", "ttnn 0.81.1", state);
    for (const std::int32_t chip : chips(count)) {
        view.devices.push_back(wormhole(chip, 105824));
        set_peak(view.devices.back().regions[kDram], 4 * kMiB, {{Kind::buffer, 2, "", {}}});
    }
    return view;
}

}  // namespace

// More endings than the process lists, and more lines than a report prints.
findings::Report many_rows() {
    auto view = on_chips(4711, 2, ledger::ProcessState::exited);
    for (std::uint32_t line = 1; line <= 150; ++line) {
        auto row = buffer(line, Region::dram, line * 65536, 12, chips(2),
                          site("layers/block.py", line, "weights"));
        row.ending = ledger::Ending::outlived_device;
        view.ended.push_back(row);
    }
    view.ended_count = {0, 0, 5000};
    view.kinds = {{Kind::buffer, 5000, 5000, 5000, 0, 0, 0, {8 * kMiB, {}}}};
    view.reported_active = 5000;
    view.events = {10010, 10010, 0};
    return report({"python", "big.py"}, "mock:n300", {view});
}

findings::Report several_processes() {
    auto parent = on_chips(4711, 4, ledger::ProcessState::exited);
    parent.kinds = {{Kind::buffer, 2, 2, 2, 2, 0, 0, {4 * kMiB, {}}}};
    auto crashed = on_chips(4712, 2, ledger::ProcessState::killed);
    crashed.signal = 11;
    crashed.identity.forked_from = 4711;
    crashed.held = {buffer(1, Region::dram, 2 * kMiB, 12, {1}, site("worker.py", 9, "run"))};
    crashed.held[0].pid = 4712;
    crashed.held_count = 1;
    crashed.kinds = {{Kind::buffer, 1, 0, 1, 0, 0, 0, {2 * kMiB, {}}}};
    auto careless = on_chips(4713, 2, ledger::ProcessState::exited);
    careless.identity.name = "worker";
    careless.exit_code = 3;
    careless.held = {buffer(1, Region::dram, 4 * kMiB, 12, {3}, site("worker.py", 11, "run"))};
    careless.held[0].pid = 4713;
    careless.held_count = 1;
    careless.kinds = {{Kind::buffer, 1, 0, 1, 0, 0, 0, {4 * kMiB, {}}}};
    auto made =
        report({"python", "serve.py", "--workers", "2"}, "mock:t3k", {parent, crashed, careless});
    made.snapshot.devices[3].regions[kDram].peak.value += 4 * kMiB;
    return made;
}

findings::Report unattributed() {
    auto view = on_chips(4711, 1, ledger::ProcessState::exited);
    auto row = buffer(1, Region::dram, 4 * kMiB, 12, {0}, {});
    row.owner = Owner::unknown;
    auto nowhere = buffer(2, Region::l1, 4096, 64, {}, site("odd.py", 3, "<module>"));
    nowhere.owner = Owner::unknown;
    view.held = {row, nowhere};
    view.held_count = 2;
    view.kinds = {{Kind::buffer, 2, 0, 2, 0, 0, 0, {4 * kMiB, {}}}};
    auto made = report({"./odd"}, "", {view});
    return made;
}

findings::Report differs() {
    auto view = on_chips(4711, 1, ledger::ProcessState::exited);
    view.kinds = {{Kind::buffer, 2, 2, 2, 2, 0, 0, {4 * kMiB, {}}}};
    view.health.verified = 120;
    view.health.verified_differing = 3;
    view.health.worst_difference_bytes = -4096;
    return report({"python", "model.py"}, "mock:n150", {view});
}

findings::Report running() {
    auto view = on_chips(4711, 2, ledger::ProcessState::running);
    for (std::uint64_t id = 1; id <= 120; ++id) {
        view.held.push_back(buffer(id, Region::dram, (id % 20 + 1) * 65536, 12, chips(2),
                                   site("model.py", static_cast<std::uint32_t>(id % 20), "init")));
    }
    view.held_count = 140;
    for (auto& device : view.devices) {
        device.open = true;
        device.allocations = 140;
        device.regions[kDram].live = {3 * kMiB, {}};
    }
    view.kinds = {{Kind::buffer, 150, 10, 150, 10, 140, 6 * kMiB, {8 * kMiB, {}}}};
    view.reported_active = 140;
    return report({"python", "model.py"}, "mock:n300", {view});
}

// Names are any bytes: they may try to move the cursor, hide text or break the JSON.
findings::Report hostile_names() {
    auto view = on_chips(4711, 1, ledger::ProcessState::killed);
    view.signal = 6;
    view.identity.name = "py\x1b[2J\xff\xfe\"\n";
    auto row =
        buffer(1, Region::dram, 2 * kMiB, 12, {0},
               {{{"模型\r/層\x07\xc3.py", "\u202e" + std::string(300, 'f'), 1}}, "ttnn.\x1b[2J"});
    view.held = {row};
    view.held_count = 1;
    view.kinds = {{Kind::buffer, 1, 0, 1, 0, 0, 0, {2 * kMiB, {}}}};
    return report({"python", "\x1b]0;owned\x07", std::string(200, 'a')}, "mock:\xf0\x9f\x92",
                  {view});
}

}  // namespace plimsoll::golden
