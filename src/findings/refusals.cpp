#include "findings/refusals.hpp"

#include <map>

#include "findings/allocator_state.hpp"

namespace plimsoll::findings {

std::vector<Alike> alike_refusals(
    const ledger::Snapshot& snapshot,
    const std::function<std::optional<Refused>(const ledger::RefusalView&)>& judge) {
    std::map<std::string, std::size_t> known;
    std::vector<Alike> all;
    for (const ledger::ProcessView& process : snapshot.processes) {
        for (const ledger::RefusalView& view : process.refusals) {
            std::optional<Refused> refused = judge(view);
            if (!refused) continue;
            const auto [at, is_new] = known.try_emplace(refused->signature, all.size());
            if (is_new) {
                Alike alike;
                alike.refused = *std::move(refused);
                alike.first = &view;
                all.push_back(std::move(alike));
            }
            Alike& alike = all[at->second];
            alike.count += 1 + view.refusal.repeats;
            alike.survived = alike.survived && process.exit_code == 0;
        }
    }
    return all;
}

namespace {

std::optional<SinceMark> since_mark(const ledger::RefusalView& view) {
    if (!view.mark || !view.picture) return {};
    std::vector<ledger::Block> blocks;
    for (const ledger::Block& block : view.blocks) {
        if (block.id > view.mark->id) blocks.push_back(block);
    }
    return SinceMark{view.mark->name, holders_of(view, blocks)};
}

Place place_of(const Alike& alike) {
    const ledger::Refusal& request = alike.refused.request;
    Place place;
    place.kind = request.kind;
    place.region = request.region;
    if (request.program) place.program = request.program->label;
    place.call_site = request.call_site;
    for (const std::int32_t device : alike.first->devices) {
        place.on_device[device] = {alike.count, request.figures.bytes.value_or(0)};
    }
    return place;
}

}  // namespace

Refused describe(const ledger::RefusalView& view) {
    Refused refused;
    refused.request = view.refusal;
    refused.picture = coverage_of(view);
    refused.holders = holders_of(view, view.blocks);
    refused.since_mark = since_mark(view);
    refused.holder_count = refused.holders.size();
    if (refused.holders.size() > kMaxRows) refused.holders.resize(kMaxRows);
    refused.moment = moment_of(view, refused.holders);
    return refused;
}

Finding finding_of(std::string_view code, const Alike& alike) {
    Finding finding;
    finding.code = code;
    finding.severity = alike.survived ? Severity::warning : Severity::error;
    finding.count = alike.count;
    finding.devices = alike.first->devices;
    finding.bytes = alike.refused.request.figures.bytes.value_or(0) * finding.devices.size();
    finding.refused = alike.refused;
    finding.places = {place_of(alike)};
    return finding;
}

}  // namespace plimsoll::findings
