#include <fmt/format.h>

#include <algorithm>

#include "findings/grouping.hpp"
#include "findings/map_builder.hpp"
#include "findings/refusal_text.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

constexpr std::size_t kFrames = 2;  // a tensor is often made by a helper
const char* const kBuffers = "buffers";

std::string program_name(const std::optional<ledger::Program>& program) {
    if (!program) return "program";
    if (!program->label.empty()) return label_text(program->label);
    return fmt::format("program {}", program->runtime_id);
}

std::string program_place(const ledger::Program& program, const ledger::CallSite& asker) {
    const ledger::CallSite& site = program.call_site.frames.empty() ? asker : program.call_site;
    const std::string path = call_path_text(site, kFrames);
    return program_name(program) + (path.empty() ? "" : ", " + path);
}

// What the program had, or was about to have: nothing it was told of may have been seen.
void add_own(MapBuilder& builder, const Refused& refused) {
    const ledger::Refusal& request = refused.request;
    const std::string name = program_name(request.program);
    const Who who{request.kind, Owner::program,
                  program_place(request.program.value_or(ledger::Program{}), request.call_site)};
    const Moment& moment = refused.moment;
    for (const Run& run : moment.own) builder.add("own", name, true, run, who);
    const auto& end = request.figures.region_end;
    if (moment.own.empty() && moment.bank && end && *end > moment.bank->begin) {
        const Run all{moment.bank->begin, *end - moment.bank->begin, 1, {}};
        builder.add("own", name, true, all, who);
    }
}

std::vector<MemoryMap> map_at_refusal(const Finding& finding) {
    const Refused& refused = *finding.refused;
    const Moment& moment = refused.moment;
    MapBuilder builder(refused.request.region);
    add_own(builder, refused);
    for (const Run& run : moment.runs) {
        Who who{Kind::unknown, Owner::unknown, "a place not listed"};
        if (run.holder && *run.holder < refused.holders.size()) {
            const Holder& holder = refused.holders[*run.holder];
            who = {holder.kind, holder.owner, holder_name(holder)};
        }
        builder.add(kBuffers, kBuffers, false, run, who);
    }
    const std::uint64_t listed = moment.runs.size() + moment.own.size();
    const std::uint64_t all = moment.run_count + moment.own_count;
    if (all > listed) builder.leave_out(all - listed);
    MemoryMap map = std::move(builder).finish(moment.bank);
    map.devices = finding.devices;
    map.rest_is_free = refused.picture == Coverage::exact && map.left_out == 0;
    const bool seen = refused.picture != Coverage::unknown || !map.lanes.empty();
    if (!seen || reach(map).bytes() == 0) return {};
    return {std::move(map)};
}

void add_row(MapBuilder& builder, const ledger::AllocationView& row) {
    const Run run{row.address, row.bytes_per_bank, 1, {}};
    const bool of_program = row.kind == Kind::circular_buffer || row.kind == Kind::dataflow_buffer;
    if (of_program) {
        const std::string name = program_name(row.program);
        const std::uint64_t id = row.program ? row.program->runtime_id : 0;
        const Who who{row.kind, row.owner,
                      program_place(row.program.value_or(ledger::Program{}), row.call_site)};
        builder.add(fmt::format("{} {} {}", row.pid, id, name), name, true, run, who);
        return;
    }
    std::string place = origin(row, kFrames);
    if (place.empty()) place = "a place not known";
    builder.add(kBuffers, kBuffers, false, run, {row.kind, row.owner, std::move(place)});
}

std::optional<Extent> bank_on(const std::vector<ledger::DeviceUse>& devices, std::int32_t chip,
                              Region region) {
    for (const ledger::DeviceUse& device : devices) {
        const ledger::RegionInfo& bank = device.regions[static_cast<std::size_t>(region)].bank;
        std::uint64_t end = 0;
        if (device.device != chip || bank.base == 0 || bank.bytes_per_bank == 0 ||
            __builtin_add_overflow(std::uint64_t{bank.base}, bank.bytes_per_bank, &end)) {
            continue;
        }
        return Extent{bank.base, end};
    }
    return {};
}

MemoryMap map_on(const Finding& finding, const std::vector<ledger::DeviceUse>& devices,
                 std::int32_t chip, Region region) {
    MapBuilder builder(region);
    for (const ledger::AllocationView& row : finding.allocations) {
        const bool on_it = std::count(row.devices.begin(), row.devices.end(), chip) > 0;
        if (on_it && row.region == region) add_row(builder, row);
    }
    if (finding.count > finding.allocations.size()) {
        builder.leave_out(finding.count - finding.allocations.size());
    }
    return std::move(builder).finish(bank_on(devices, chip, region));
}

// Devices that are alike share a map.
void add_map(std::vector<MemoryMap>& maps, MemoryMap map, std::int32_t chip) {
    for (MemoryMap& one : maps) {
        map.devices = one.devices;
        if (one == map) {
            one.devices.push_back(chip);
            return;
        }
    }
    map.devices = {chip};
    maps.push_back(std::move(map));
}

}  // namespace

std::vector<MemoryMap> maps_of(const Finding& finding,
                               const std::vector<ledger::DeviceUse>& devices) {
    if (finding.refused) return map_at_refusal(finding);
    std::vector<MemoryMap> maps;
    for (const Region region : kRegions) {
        for (const std::int32_t chip : finding.devices) {
            MemoryMap map = map_on(finding, devices, chip, region);
            if (!map.lanes.empty()) add_map(maps, std::move(map), chip);
        }
    }
    return maps;
}

}  // namespace plimsoll::findings
