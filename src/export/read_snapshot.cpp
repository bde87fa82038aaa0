#include <algorithm>
#include <map>

#include "export/reading.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::size_t kMostProcesses = 4096;

using Processes = std::vector<ledger::ProcessView>;

// `object` has the figure, `coverages` how far it reaches, by the same name.
ledger::Figure read_figure(const Json& object, const Json& coverages, const char* name) {
    return {number(object, name), named<Coverage>(coverages, name, kCoverageCount)};
}

ledger::Events read_events(const Json& object) {
    const Json& events = child(object, "events");
    return {number(events, "produced"), number(events, "received"), number(events, "lost")};
}

ledger::Health read_health(const Json& process) {
    const Json& json = child(process, "health");
    ledger::Health health;
    health.unlisted_allocations = number(json, "unlisted_allocations");
    health.unlisted_live = number(json, "unlisted_live");
    health.unmatched_frees = number(json, "unmatched_frees");
    health.double_frees = number(json, "double_frees");
    health.table_overflows = number(json, "table_overflows");
    health.rows_in_flight = number(json, "rows_in_flight");
    health.rows_rejected = number(json, "rows_rejected");
    health.verified = number(json, "verified");
    health.verified_differing = number(json, "verified_differing");
    return health;
}

ledger::ProcessState read_state(const Json& process) {
    const std::string state = text(process, "state");
    if (state == "killed") return ledger::ProcessState::killed;
    return state == "exited" ? ledger::ProcessState::exited : ledger::ProcessState::running;
}

ledger::ProcessView read_process(const Json& json) {
    ledger::ProcessView process;
    process.identity.pid = number<std::int32_t>(json, "pid");
    process.identity.start_time = number(json, "start_time");
    process.identity.name = text(json, "name");
    process.identity.package = text(json, "package");
    process.state = read_state(json);
    process.exit_code = known_number<int>(child(json, "exit"), "code");
    process.signal = known_number<int>(child(json, "exit"), "signal");
    process.held_count = number(json, "held_count");
    process.reported_active = number(json, "reported_active_allocations");
    process.refusal_count = number(json, "refused_allocations");
    process.events = read_events(json);
    process.health = read_health(json);
    return process;
}

ledger::RegionInfo read_bank(const Json& device, Region region) {
    const Json& bank = child(child(device, "banks"), name(region));
    return {number<std::uint32_t>(bank, "count"), number(bank, "bytes"),
            number<std::uint32_t>(bank, "address")};
}

ledger::DeviceUse read_device(const Json& json) {
    ledger::DeviceUse device;
    device.device = number<std::int32_t>(json, "device");
    device.arch = text(json, "arch");
    device.open = text(json, "state") == "open";
    device.allocations = number(json, "active_allocations");
    for (const Region region : kRegions) {
        ledger::RegionUse& use = device.regions[static_cast<std::size_t>(region)];
        const Json& coverage = child(child(json, "coverage"), name(region));
        use.bank = read_bank(json, region);
        use.live = {number(child(json, "live"), name(region)),
                    named<Coverage>(coverage, "live", kCoverageCount)};
        use.peak = {number(child(json, "peak"), name(region)),
                    named<Coverage>(coverage, "peak", kCoverageCount)};
        use.capacity = {number(child(json, "capacity"), name(region)),
                        named<Coverage>(coverage, "capacity", kCoverageCount)};
    }
    const Json& core = child(json, "l1_per_core");
    device.l1_per_core.live = read_figure(core, child(core, "coverage"), "live");
    device.l1_per_core.peak = read_figure(core, child(core, "coverage"), "peak");
    device.l1_per_core.capacity = read_figure(core, child(core, "coverage"), "capacity");
    return device;
}

std::vector<ledger::KindUse> read_kinds(const Json& json) {
    std::vector<ledger::KindUse> kinds;
    for (std::size_t i = 0; i < kKindCount; ++i) {
        const auto kind = static_cast<Kind>(i);
        const Json& use = child(child(json, "by_kind"), name(kind));
        if (use.empty()) continue;
        ledger::KindUse& to = kinds.emplace_back();
        to.kind = kind;
        to.allocations = number(use, "allocations");
        to.frees = number(use, "frees");
        to.live = number(use, "live");
        to.live_bytes = number(use, "live_bytes");
    }
    return kinds;
}

ledger::SubjectCoverage read_coverage(const Json& json) {
    const std::string what = text(json, "what");
    ledger::SubjectCoverage coverage;
    for (std::size_t i = 0; i < kSubjectCount; ++i) {
        if (what == name(static_cast<Subject>(i))) coverage.subject = static_cast<Subject>(i);
    }
    coverage.coverage = named<Coverage>(json, "state", kCoverageCount);
    coverage.why = text(json, "why");
    return coverage;
}

// Those that are named anywhere, each once and with its process. A report has no time of anything
// but how old it was: the oldest came first.
void add_rows(Processes& processes, const Json& json,
              const std::vector<findings::Finding>& findings) {
    std::vector<ledger::AllocationView> rows =
        list(json, "live", findings::kMaxRows, read_allocation);
    for (const findings::Finding& finding : findings) {
        rows.insert(rows.end(), finding.allocations.begin(), finding.allocations.end());
    }
    std::uint64_t oldest = 0;
    for (const ledger::AllocationView& row : rows) oldest = std::max(oldest, row.age_ns);
    std::map<std::pair<std::int32_t, std::uint64_t>, bool> known;
    for (ledger::AllocationView& row : rows) {
        const auto process = std::find_if(
            processes.begin(), processes.end(),
            [&row](const ledger::ProcessView& each) { return each.identity.pid == row.pid; });
        if (process == processes.end()) continue;
        if (!known.try_emplace({row.pid, row.id}, true).second) continue;
        row.made_at_ns = oldest - row.age_ns;
        if (row.ending) ++process->ended_count[static_cast<std::size_t>(*row.ending)];
        (row.ending ? process->ended : process->held).push_back(std::move(row));
    }
}

// A finding tells of them, and not of which process: the first that has any.
void add_refusals(Processes& processes, const std::vector<findings::Finding>& findings) {
    const auto process =
        std::find_if(processes.begin(), processes.end(),
                     [](const ledger::ProcessView& each) { return each.refusal_count > 0; });
    if (process == processes.end()) return;
    for (const findings::Finding& finding : findings) {
        if (!finding.refused || finding.count == 0) continue;
        ledger::RefusalView& to = process->refusals.emplace_back();
        to.refusal = finding.refused->request;
        to.refusal.repeats = finding.count - 1;
    }
}

}  // namespace

std::vector<ledger::DeviceUse> read_devices(const Json& watched) {
    return list(watched, "devices", kMostChips, read_device);
}

ledger::Snapshot read_snapshot(const Json& json, const std::vector<findings::Finding>& findings) {
    ledger::Snapshot snapshot;
    snapshot.processes = list(json, "processes", kMostProcesses, read_process);
    snapshot.devices = read_devices(json);
    snapshot.kinds = read_kinds(json);
    const Json& totals = child(json, "totals");
    snapshot.totals.active_allocations = number(totals, "active_allocations");
    snapshot.totals.allocations = number(totals, "allocations");
    snapshot.totals.frees = number(totals, "frees");
    snapshot.totals.live_bytes = number(totals, "live_bytes");
    snapshot.totals.events = read_events(totals);
    if (snapshot.processes.empty()) return snapshot;
    // A report has it once, for all of them.
    snapshot.processes.front().coverage =
        list(child(json, "runtime"), "coverage", kSubjectCount, read_coverage);
    add_rows(snapshot.processes, json, findings);
    add_refusals(snapshot.processes, findings);
    return snapshot;
}

}  // namespace plimsoll::exporting
