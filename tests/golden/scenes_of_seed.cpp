#include "tests/golden/builders.hpp"
#include "tests/golden/scenes.hpp"

namespace plimsoll::golden {
namespace {

constexpr auto kDram = static_cast<std::size_t>(Region::dram);
constexpr auto kL1 = static_cast<std::size_t>(Region::l1);
constexpr std::uint64_t kBufferBytes = 2113536;  // a 2 MiB tensor over 12 banks
constexpr std::uint32_t kChips = 8;

const char* const kScript = "mesh_circular_buffers.py";

ledger::ProcessView eight_chips(const std::string& package, std::uint64_t l1_base,
                                std::uint64_t per_core, std::uint64_t cores, Kind kind) {
    auto view = process(4711, "python", package, ledger::ProcessState::exited);
    for (const std::int32_t chip : chips(8)) {
        ledger::DeviceUse device = wormhole(chip, l1_base);
        set_peak(device.regions[kDram], 5 * kBufferBytes, {{Kind::buffer, 5, "", {}}});
        set_peak(device.regions[kL1], per_core * cores, {{kind, 8, "softmax", {}}});
        set_peak(device.l1_per_core, per_core, {{kind, 8, "softmax", {}}});
        view.devices.push_back(device);
    }
    view.kinds = {{Kind::buffer, 5, 5, 5, 5, 0, 0, {5 * kBufferBytes * kChips, {}}}};
    return view;
}

}  // namespace

findings::Report seed_on_0_66_0() {
    auto view = eight_chips("ttnn 0.66.0", 103552, 237568, 56, Kind::circular_buffer);
    view.kinds.push_back(
        {Kind::circular_buffer, 11, 11, 11, 0, 0, 0, {237568ULL * 56 * kChips, {}}});
    const auto add =
        program(3, "eltwise_binary_no_bcast", site(kScript, 22, "run_once", "ttnn.add"));
    const auto softmax = program(5, "softmax", site(kScript, 24, "run_once", "ttnn.softmax"));
    std::uint64_t id = 3;
    for (const std::uint64_t address :
         std::initializer_list<std::uint64_t>{103552, 107648, 111744}) {
        view.ended.push_back(circular_buffer(id++, address, 4096, 6, chips(8), add));
    }
    std::uint64_t address = 103552;
    for (const std::uint64_t size :
         std::initializer_list<std::uint64_t>{65536, 32768, 2048, 2048, 65536, 2048, 2048, 65536}) {
        view.ended.push_back(circular_buffer(id++, address, size, 6, chips(8), softmax));
        address += size;
    }
    for (auto& row : view.ended) row.ending = ledger::Ending::unreported;
    view.ended_count = {11};
    view.reported_active = 11;
    view.events = {58, 58, 0};
    return report({"python", kScript}, "mock:t3k", {view});
}

findings::Report seed_on_0_81_1() {
    auto view = eight_chips("ttnn 0.81.1", 105824, 161792, 32, Kind::dataflow_buffer);
    view.kinds.push_back(
        {Kind::circular_buffer, 24, 24, 24, 24, 0, 0, {12288ULL * 64 * kChips, {}}});
    view.kinds.push_back({Kind::dataflow_buffer, 8, 8, 0, 0, 0, 0, {161792ULL * 32 * kChips, {}}});
    const auto add = program(3, "binary_ng", site(kScript, 22, "run_once", "ttnn.add"));
    const auto softmax = program(5, "softmax", site(kScript, 24, "run_once", "ttnn.softmax"));
    std::uint64_t id = 3;
    for (const std::uint64_t address :
         std::initializer_list<std::uint64_t>{105824, 109920, 114016}) {
        for (const std::int32_t chip : chips(8)) {
            auto row = circular_buffer(id++, address, 4096, 7, {chip}, add);
            row.reported_free = true;
            row.ending = ledger::Ending::reported_late;
            view.ended.push_back(row);
        }
    }
    // The runtime reports no dataflow buffer at all, so it forgets none either.
    std::uint64_t address = 105824;
    for (const std::uint64_t size :
         std::initializer_list<std::uint64_t>{65536, 16384, 4096, 2048, 4096, 65536, 2048, 2048}) {
        auto row = circular_buffer(id++, address, size, 3, chips(8), softmax);
        row.kind = Kind::dataflow_buffer;
        row.reported = false;
        row.ending = ledger::Ending::unreported;
        view.ended.push_back(row);
        address += size;
    }
    view.ended_count = {8, 24};
    view.events = {120, 120, 0};
    view.health.verified = 42;
    return report({"python", kScript}, "mock:t3k", {view});
}

}  // namespace plimsoll::golden
