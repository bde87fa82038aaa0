#include "tests/golden/builders.hpp"

#include "findings/judge.hpp"

namespace plimsoll::golden {
namespace {

constexpr std::uint32_t kWormholeCores = 64;
constexpr std::uint64_t kWormholeL1 = 1499136;
constexpr std::uint64_t kDramPerBank = 1073741792;
constexpr std::uint32_t kDramBanks = 12;

void add(ledger::Figure& sum, const ledger::Figure& more) {
    sum.value += more.value;
    sum.coverage = std::max(sum.coverage, more.coverage);
}

void add_kind(std::vector<ledger::KindUse>& sums, const ledger::KindUse& use) {
    for (ledger::KindUse& sum : sums) {
        if (sum.kind != use.kind) continue;
        sum.allocations += use.allocations;
        sum.frees += use.frees;
        sum.reported_allocations += use.reported_allocations;
        sum.reported_frees += use.reported_frees;
        sum.live += use.live;
        sum.live_bytes += use.live_bytes;
        add(sum.peak_bytes, use.peak_bytes);
        return;
    }
    sums.push_back(use);
}

}  // namespace

std::vector<std::int32_t> chips(std::int32_t count) {
    std::vector<std::int32_t> ids;
    for (std::int32_t id = 0; id < count; ++id) ids.push_back(id);
    return ids;
}

ledger::CallSite site(std::string file, std::uint32_t line, std::string function, std::string op) {
    return {{{"/home/user/" + std::move(file), std::move(function), line}}, std::move(op)};
}

ledger::Program program(std::uint64_t id, std::string label, ledger::CallSite site) {
    return {id, std::move(label), std::move(site)};
}

ledger::AllocationView buffer(std::uint64_t id, Region region, std::uint64_t bytes,
                              std::uint32_t banks, std::vector<std::int32_t> devices,
                              ledger::CallSite site) {
    ledger::AllocationView row;
    row.id = id;
    row.pid = 4711;
    row.kind = Kind::buffer;
    row.region = region;
    row.owner = Owner::user;
    row.devices = std::move(devices);
    row.mesh = row.devices.size() > 1 ? 0 : 1;
    row.address = 1048640 + id * 176128;
    row.bytes = bytes;
    row.bytes_per_bank = (bytes / banks + 2047) / 2048 * 2048;
    row.banks = banks;
    row.occupied_bytes = row.bytes_per_bank * banks;
    row.call_site = std::move(site);
    row.reported = true;
    row.age_ns = 1500000000;
    return row;
}

ledger::AllocationView circular_buffer(std::uint64_t id, std::uint64_t address,
                                       std::uint64_t bytes_per_core, std::uint16_t y1,
                                       std::vector<std::int32_t> devices,
                                       const ledger::Program& program) {
    ledger::AllocationView row;
    row.id = id;
    row.pid = 4711;
    row.kind = Kind::circular_buffer;
    row.region = Region::l1;
    row.owner = Owner::program;
    row.devices = std::move(devices);
    row.mesh = 0;
    row.address = address;
    row.cores = {{0, 0, 7, y1}};
    row.banks = 8U * (y1 + 1U);
    row.bytes_per_bank = bytes_per_core;
    row.bytes = bytes_per_core * row.banks;
    row.occupied_bytes = row.bytes;
    row.program = program;
    row.reported = true;
    row.age_ns = 200000000;
    return row;
}

ledger::DeviceUse wormhole(std::int32_t device, std::uint64_t l1_base) {
    ledger::DeviceUse use;
    use.device = device;
    use.mesh = 0;
    use.arch = "wormhole_b0";
    use.regions[static_cast<std::size_t>(Region::dram)].capacity = {kDramPerBank * kDramBanks, {}};
    use.regions[static_cast<std::size_t>(Region::l1)].capacity = {
        (kWormholeL1 - l1_base) * kWormholeCores, {}};
    use.l1_per_core.capacity = {kWormholeL1 - l1_base, {}};
    return use;
}

void set_peak(ledger::RegionPeak& use, std::uint64_t bytes, std::vector<PeakPart> parts) {
    use.peak = {bytes, Coverage::exact};
    std::uint64_t all = 0;
    for (const PeakPart& part : parts) all += part.count;
    for (PeakPart& part : parts) {
        ledger::PeakShare& share = use.at_peak.emplace_back();
        share.kind = part.kind;
        share.owner = part.program.empty() ? Owner::user : Owner::program;
        share.count = part.count;
        share.bytes = bytes / all * part.count;
        share.program = std::move(part.program);
        share.call_site = std::move(part.site);
    }
}

ledger::ProcessView process(std::int32_t pid, std::string name, std::string package,
                            ledger::ProcessState state) {
    ledger::ProcessView view;
    view.identity.pid = pid;
    view.identity.start_time = 1000;
    view.identity.name = std::move(name);
    view.identity.runtime = "tt-metalium";
    view.identity.package = std::move(package);
    view.state = state;
    if (state == ledger::ProcessState::exited) view.exit_code = 0;
    return view;
}

findings::Report report(std::vector<std::string> command, std::string machine,
                        std::vector<ledger::ProcessView> processes) {
    findings::Report made;
    made.command = std::move(command);
    made.machine = std::move(machine);
    made.attached = true;
    made.elapsed_ns = 420000000;
    made.package = processes.front().identity.package;
    made.exit_code = processes.front().exit_code;
    made.signal = processes.front().signal;
    ledger::Snapshot& snapshot = made.snapshot;
    snapshot.processes = std::move(processes);
    snapshot.devices = snapshot.processes.front().devices;
    for (const ledger::ProcessView& one : snapshot.processes) {
        for (const ledger::KindUse& use : one.kinds) add_kind(snapshot.kinds, use);
        snapshot.totals.reported_active_allocations += one.reported_active;
        snapshot.totals.events.produced += one.events.produced;
        snapshot.totals.events.received += one.events.received;
        snapshot.totals.events.lost += one.events.lost;
    }
    for (const ledger::KindUse& use : snapshot.kinds) {
        snapshot.totals.active_allocations += use.live;
        snapshot.totals.allocations += use.allocations;
        snapshot.totals.frees += use.frees;
        snapshot.totals.live_bytes += use.live_bytes;
    }
    for (const ledger::DeviceUse& device : snapshot.devices) {
        for (const ledger::RegionUse& use : device.regions) {
            add(snapshot.totals.peak_bytes, use.peak);
        }
    }
    made.findings = findings::judge(snapshot, made.package);
    return made;
}

}  // namespace plimsoll::golden
