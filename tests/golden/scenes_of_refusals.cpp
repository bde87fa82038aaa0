#include "findings/judge.hpp"
#include "tests/golden/builders.hpp"
#include "tests/golden/scenes.hpp"

namespace plimsoll::golden {
namespace {

constexpr std::uint64_t kL1Base = 105824;
constexpr std::uint64_t kL1Bank = 1393312;
constexpr std::uint64_t kDramBase = 1048640;
constexpr std::uint64_t kDramBank = 1072693184;

ledger::CallSite path(std::vector<std::uint32_t> lines, std::string op = "") {
    ledger::CallSite made;
    for (const std::uint32_t line : lines) {
        const char* function = made.frames.empty() ? "tensor" : "<module>";
        made.frames.push_back({"/home/user/model.py", function, line});
    }
    made.op = std::move(op);
    return made;
}

ledger::Block block(std::uint64_t address, std::uint64_t bytes, std::uint32_t site) {
    ledger::Block made;
    made.address = address;
    made.bytes_per_bank = bytes;
    made.kind = Kind::buffer;
    made.owner = Owner::user;
    made.call_site = site;
    return made;
}

// A refusal on device 0 with what the allocator says of the region then.
ledger::RefusalView refusal(std::uint64_t id, Region region, std::uint64_t bytes,
                            std::uint32_t banks, ledger::CallSite site) {
    ledger::RefusalView view;
    view.refusal.id = id;
    view.refusal.kind = Kind::buffer;
    view.refusal.region = region;
    view.refusal.banks = banks;
    view.refusal.figures.bytes = bytes;
    view.refusal.figures.bytes_per_bank = bytes / banks;
    view.refusal.call_site = std::move(site);
    view.devices = {0};
    view.mesh = 1;
    view.regions[static_cast<std::size_t>(Region::dram)] = {12, kDramBank, kDramBase};
    view.regions[static_cast<std::size_t>(Region::l1)] = {64, kL1Bank, kL1Base};
    view.regions[static_cast<std::size_t>(Region::l1_small)] = {64, 1024, 0};
    view.picture = Coverage::exact;
    return view;
}

void set_state(ledger::RefusalView& view, std::uint64_t bank, std::uint64_t allocated,
               std::uint64_t largest) {
    view.refusal.figures.bank_bytes = bank;
    view.refusal.figures.allocated = allocated;
    view.refusal.figures.free = bank - allocated;
    view.refusal.figures.largest_free = largest;
}

ledger::ProcessView with(std::vector<ledger::RefusalView> refusals) {
    auto view = process(4711, "python", "ttnn 0.81.1", ledger::ProcessState::exited);
    view.devices = {wormhole(0, kL1Base)};
    view.devices[0].mesh = 1;
    for (const ledger::RefusalView& one : refusals) view.refusal_count += 1 + one.refusal.repeats;
    view.refusals = std::move(refusals);
    view.kinds = {{Kind::buffer, 12, 12, 12, 12, 0, 0, {1u << 30, {}}}};
    view.events = {24, 24, 0};
    return view;
}

ledger::RefusalView exhausted() {
    auto view = refusal(3, Region::l1, 67108864, 64, path({15, 22, 27}, "ttnn.to_device"));
    set_state(view, kL1Bank, 1048576, 344736);
    view.blocks = {block(450560, 1048576, 0)};
    view.call_sites = {path({15, 26})};
    view.refusal.repeats = 4;
    return view;
}

ledger::RefusalView too_large() {
    auto view = refusal(4, Region::l1, 134217728, 64, path({15, 22, 28}));
    set_state(view, kL1Bank, 1048576, 344736);
    view.blocks = {block(450560, 1048576, 0)};
    view.call_sites = {path({15, 26})};
    return view;
}

ledger::RefusalView in_pieces() {
    auto view = refusal(30, Region::dram, 3221225472, 12, path({15, 22, 34}));
    set_state(view, kDramBank, 5 * 89479168, 177901504);
    for (std::uint64_t i = 1; i < 11; i += 2) {
        view.blocks.push_back(block(kDramBase + i * 89479168, 89479168, 0));
    }
    view.call_sites = {path({15, 31})};
    return view;
}

ledger::RefusalView small_region() {
    auto view = refusal(40, Region::l1_small, 98304, 64, path({40}, "ttnn.conv2d"));
    set_state(view, 1024, 512, 512);
    view.picture.reset();  // the events of that moment were lost
    return view;
}

ledger::RefusalView of_softmax(std::uint64_t region_end, std::uint64_t lowest,
                               std::uint64_t buffers) {
    auto view = refusal(50, Region::l1, 64, 64, path({24}, "ttnn.softmax"));
    view.refusal.reason = ledger::RefusalReason::clash;
    view.refusal.kind = Kind::circular_buffer;
    view.refusal.figures = {};
    view.refusal.figures.region_end = region_end;
    view.refusal.figures.lowest_address = lowest;
    view.refusal.cores = {{0, 0, 7, 7}};
    view.refusal.program = program(4, "softmax", path({24}, "ttnn.softmax"));
    for (std::uint64_t i = 0; i < buffers; ++i) {
        view.blocks.push_back(block(lowest + i * 65536, 65536, 0));
    }
    view.own = {block(kL1Base, 65536, 1), block(kL1Base + 65536, region_end - kL1Base - 65536, 1)};
    view.call_sites = {path({16}), path({24}, "ttnn.softmax")};
    return view;
}

ledger::RefusalView larger_than_a_core() {
    auto view = refusal(60, Region::l1, 64, 64, path({33}, "ttnn.matmul"));
    view.refusal.reason = ledger::RefusalReason::beyond_memory;
    view.refusal.kind = Kind::dataflow_buffer;
    view.refusal.figures = {};
    view.refusal.figures.bank_bytes = 1499136;
    view.refusal.figures.region_end = 4494464;
    view.refusal.cores = {{0, 0, 0, 0}};
    view.refusal.program = program(9, "bmm_large_block_zm", path({33}, "ttnn.matmul"));
    return view;
}

}  // namespace

findings::Report out_of_memory() {
    auto view = with({exhausted(), too_large(), in_pieces(), small_region()});
    view.refusal_count += 3;  // for which the table had no room
    return report({"python", "model.py"}, "mock:n150", {view});
}

findings::Report clash() {
    auto view = with(
        {of_softmax(642176, 122880, 21), of_softmax(642176, 253952, 19), larger_than_a_core()});
    view.exit_code = 1;
    return report({"python", "model.py"}, "mock:n150", {view});
}

}  // namespace plimsoll::golden
