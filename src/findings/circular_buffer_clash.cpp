// A program's circular or dataflow buffers grow upward from the start of L1, buffers downward from
// its end: the two met, or the program alone needs more than a core has.
#include <fmt/format.h>

#include <algorithm>

#include "findings/allocator_state.hpp"
#include "findings/refusal_text.hpp"
#include "findings/refusals.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

std::string program_name(const ledger::Refusal& request) {
    if (!request.program) return "a program";
    if (!request.program->label.empty()) return label_text(request.program->label);
    return fmt::format("program {}", request.program->runtime_id);
}

const ledger::CallSite& asker(const ledger::Refusal& request) {
    const bool own = !request.call_site.frames.empty() || !request.program;
    return own ? request.call_site : request.program->call_site;
}

// The blocks that the program's buffers would reach into, from the lowest on.
std::vector<ledger::Block> reached(const ledger::RefusalView& view) {
    std::vector<ledger::Block> blocks;
    for (const ledger::Block& block : view.blocks) {
        const auto& end = view.refusal.figures.region_end;
        if (end && block.address < *end) blocks.push_back(block);
    }
    return blocks;
}

// Bytes that are free behind the program's end, where what is in its way could go.
std::optional<std::uint64_t> free_above(const ledger::RefusalView& view, std::uint64_t end) {
    const std::optional<BankMap> map = map_of(view);
    if (!map) return {};
    std::uint64_t bytes = 0;
    for (const Extent& hole : map->holes()) {
        if (hole.end > end) bytes += hole.end - std::max(hole.begin, end);
    }
    return bytes;
}

Remedy remedy_of(const ledger::RefusalView& view) {
    Remedy remedy;
    const ledger::RefusalFigures& said = view.refusal.figures;
    if (view.refusal.reason == ledger::RefusalReason::beyond_memory) {
        remedy.way = Way::none;
        return remedy;
    }
    // The lowest buffer that the runtime names must be among those that were seen.
    const std::vector<ledger::Block> blocks = reached(view);
    if (!said.region_end || blocks.empty() || said.lowest_address != blocks.front().address) {
        return remedy;
    }
    remedy.way = Way::free;
    remedy.count = blocks.size();
    for (const ledger::Block& block : blocks) remedy.bytes_per_bank += block.bytes_per_bank;
    remedy.holders = holders_of(view, blocks);
    remedy.room = *said.region_end - *said.lowest_address;
    remedy.free_above = free_above(view, *said.region_end);
    return remedy;
}

std::optional<std::uint64_t> missing_bytes(const ledger::Refusal& request) {
    const ledger::RefusalFigures& said = request.figures;
    const auto& limit =
        request.reason == ledger::RefusalReason::clash ? said.lowest_address : said.bank_bytes;
    if (!said.region_end || !limit || *limit > *said.region_end) return {};
    return *said.region_end - *limit;
}

std::optional<Refused> judge(const ledger::RefusalView& view) {
    const ledger::Refusal& request = view.refusal;
    if (request.reason == ledger::RefusalReason::out_of_memory) return {};
    Refused refused = describe(view);
    refused.verdict =
        request.reason == ledger::RefusalReason::clash ? Verdict::clash : Verdict::beyond_memory;
    refused.missing = missing_bytes(request);
    refused.remedy = remedy_of(view);
    refused.signature = fmt::format("{} {} {}", words(refused.verdict), program_name(request),
                                    asker_text(asker(request)));
    if (!refused.remedy.holders.empty()) {
        refused.signature += " over " + asker_text(refused.remedy.holders.front().call_site);
    }
    return refused;
}

std::string program_text(const Alike& alike, std::size_t all_devices) {
    const ledger::RefusalView& view = *alike.first;
    const ledger::Refusal& request = view.refusal;
    std::string text = program_name(request);
    if (!view.own.empty()) {
        text += ": " + counted(view.own.size(), noun(request.kind));
    } else {
        text += ": " + plural(noun(request.kind));
    }
    if (!view.own.empty() && request.figures.region_end) {
        text += fmt::format(" {} .. {}", view.own.front().address, *request.figures.region_end);
    } else if (request.figures.region_end) {
        text += fmt::format(" up to {}", *request.figures.region_end);
    }
    if (!request.cores.empty()) text += " on " + cores_text(request.cores);
    return text + ", " + devices_text(view.devices, all_devices);
}

std::string lowest_text(const Refused& refused) {
    const auto& lowest = refused.request.figures.lowest_address;
    std::string text = lowest ? fmt::format("{}", *lowest) : "an address not known";
    for (const Holder& holder : refused.remedy.holders) {
        if (holder.begin == lowest) return text + ", of " + holder_name(holder);
    }
    return text + ", whose it is was not seen";
}

std::vector<std::string> would_fit(const Refused& refused) {
    const Remedy& remedy = refused.remedy;
    if (remedy.way == Way::none) {
        return {
            "the op needed less: smaller blocks or more cores. To free what is in L1 would not "
            "help, the memory of a core ends before the program does"};
    }
    if (remedy.way == Way::unknown) return {"not known: not every buffer of that moment was seen"};
    std::vector<std::string> lines = {
        fmt::format("the {} were freed or in DRAM, {} B/bank: the program reaches {}",
                    remedy.count == 1 ? "lowest buffer" : counted(remedy.count, "lowest buffer"),
                    remedy.bytes_per_bank, remedy.count == 1 ? "it" : "them all")};
    for (const Holder& holder : remedy.holders) lines.push_back("  " + holder_text(holder));
    if (remedy.free_above) {
        const bool enough = *remedy.free_above >= remedy.bytes_per_bank;
        lines.push_back(fmt::format("{}: {} B/bank are free above the program's end",
                                    enough ? "or lay higher" : "they cannot lie higher",
                                    *remedy.free_above));
    }
    return lines;
}

std::string title_of(const Alike& alike) {
    const Refused& refused = alike.refused;
    const std::string more =
        refused.missing ? fmt::format("{} B more L1 per core", *refused.missing) : "more L1";
    return fmt::format(
        "{} needs {} than {}{}, {}", program_name(refused.request), more,
        refused.verdict == Verdict::clash ? "there is below the buffers" : "a core has",
        alike.count == 1 ? "" : fmt::format(" ({} times)", alike.count),
        asker_text(asker(refused.request)));
}

Finding clash(const Alike& alike, std::size_t all_devices) {
    Finding finding = finding_of("circular-buffer-clash", alike);
    const Refused& refused = alike.refused;
    finding.title = title_of(alike);
    finding.sections = {{"Program", {program_text(alike, all_devices)}}};
    if (refused.verdict == Verdict::clash) {
        finding.cause =
            "The program's buffers begin at the start of L1 and would have ended above the lowest "
            "buffer that was allocated there.";
        finding.sections.push_back({"Lowest buffer", {lowest_text(refused)}});
    } else {
        finding.cause = "The program's buffers alone are larger than the L1 of a core.";
        finding.sections.push_back(
            {"L1 ends at", {fmt::format("{}", refused.request.figures.bank_bytes.value_or(0))}});
    }
    if (refused.missing) {
        finding.sections.push_back({"Missing", {fmt::format("{} B per core", *refused.missing)}});
    }
    if (refused.verdict == Verdict::clash) {
        finding.sections.push_back({"Held by", held_by(refused)});
        if (refused.since_mark) finding.sections.push_back({"New since", new_since_mark(refused)});
    }
    finding.sections.push_back({"Would fit if", would_fit(refused)});
    return finding;
}

}  // namespace

std::vector<Finding> circular_buffer_clash(const Scene& scene) {
    std::vector<Finding> findings;
    for (const Alike& alike : alike_refusals(scene.snapshot, judge)) {
        findings.push_back(clash(alike, scene.snapshot.devices.size()));
    }
    return findings;
}

}  // namespace plimsoll::findings
