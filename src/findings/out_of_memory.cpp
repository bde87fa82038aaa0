// The allocator had no room for a buffer: why, who held the memory at that moment, and what would
// have made it fit.
#include <fmt/format.h>

#include <algorithm>

#include "findings/allocator_state.hpp"
#include "findings/gathering.hpp"
#include "findings/refusal_text.hpp"
#include "findings/refusals.hpp"
#include "findings/region_sizes.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

Remedy configure(const ledger::RefusalView& view, const RegionSetting& setting) {
    const ledger::RefusalFigures& asked = view.refusal.figures;
    Remedy remedy;
    remedy.setting = setting.name;
    remedy.way = Way::configure;
    // In one piece behind all that is there, unless all that is free is in one piece.
    const std::uint64_t before = asked.free == asked.largest_free ? asked.allocated.value_or(0)
                                                                  : asked.bank_bytes.value_or(0);
    const std::uint64_t banks = view.regions[static_cast<std::size_t>(view.refusal.region)].banks;
    remedy.setting_bytes = setting_value(setting, before + *asked.bytes_per_bank, banks);
    return remedy;
}

Remedy split(const ledger::RefusalFigures& asked) {
    Remedy remedy;
    remedy.way = Way::split;
    if (*asked.bank_bytes > 0) {
        remedy.parts = (*asked.bytes_per_bank - 1) / *asked.bank_bytes + 1;
    }
    return remedy;
}

Remedy free_fewest(const ledger::RefusalView& view, const BankMap& map) {
    Remedy remedy;
    const std::optional<Frees> frees = map.fewest_frees(*view.refusal.figures.bytes_per_bank);
    if (!frees || frees->count == 0) return remedy;
    remedy.way = Way::free;
    remedy.count = frees->count;
    remedy.bytes_per_bank = frees->freed_bytes;
    remedy.room = frees->room.bytes();
    const auto first = view.blocks.begin() + static_cast<std::ptrdiff_t>(frees->first);
    remedy.holders = holders_of(view, {first, first + static_cast<std::ptrdiff_t>(frees->count)});
    return remedy;
}

Remedy remedy_of(const ledger::RefusalView& view, Verdict verdict,
                 const std::optional<BankMap>& map) {
    switch (verdict) {
        case Verdict::region_too_small:
            return configure(view, *setting_of(view.refusal.region));
        case Verdict::larger_than_bank:
            return split(view.refusal.figures);
        case Verdict::exhausted:
        case Verdict::fragmented:
            return map ? free_fewest(view, *map) : Remedy{};
        default:
            return {};
    }
}

std::optional<std::uint64_t> missing_bytes(const ledger::RefusalFigures& asked, Verdict verdict) {
    const auto beyond = [&](const std::optional<std::uint64_t>& room) {
        std::optional<std::uint64_t> missing;
        if (room && asked.bytes_per_bank && *asked.bytes_per_bank > *room) {
            missing = *asked.bytes_per_bank - *room;
        }
        return missing;
    };
    if (verdict == Verdict::larger_than_bank) return beyond(asked.bank_bytes);
    return beyond(verdict == Verdict::fragmented ? asked.largest_free : asked.free);
}

// What lies in some banks only may leave no place that is free in all of them.
void look_at_every_bank(Refused& refused, const ledger::RefusalView& view) {
    const auto& need = view.refusal.figures.bytes_per_bank;
    refused.in_some_banks = static_cast<std::uint64_t>(
        std::count_if(view.blocks.begin(), view.blocks.end(),
                      [](const ledger::Block& block) { return !block.in_every_bank; }));
    if (refused.in_some_banks == 0) return;
    refused.free_in_every_bank = free_in_every_bank(view);
    if (refused.verdict != Verdict::unknown || !refused.free_in_every_bank || !need) return;
    if (*need <= *refused.free_in_every_bank) return;
    refused.verdict = Verdict::no_common_address;
    refused.missing = *need - *refused.free_in_every_bank;
}

std::optional<Refused> judge(const ledger::RefusalView& view) {
    if (view.refusal.reason != ledger::RefusalReason::out_of_memory) return {};
    Refused refused = describe(view);
    const ledger::RefusalFigures& asked = view.refusal.figures;
    refused.verdict = verdict_of(asked, setting_of(view.refusal.region).has_value());
    refused.missing = missing_bytes(asked, refused.verdict);
    look_at_every_bank(refused, view);
    const std::optional<BankMap> map = map_of(view);
    if (map) refused.holes = map->holes().size();
    refused.remedy = remedy_of(view, refused.verdict, map);
    refused.signature = fmt::format("{} {} {}", title(view.refusal.region), words(refused.verdict),
                                    asker_text(view.refusal.call_site));
    return refused;
}

std::string figure_text(const std::optional<std::uint64_t>& figure) {
    return figure ? fmt::format("{} B", *figure) : "an unknown number of bytes";
}

std::string asked_text(const Alike& alike, std::size_t all_devices) {
    const ledger::Refusal& request = alike.refused.request;
    std::string text = figure_text(request.figures.bytes);
    if (request.banks != 0) text += " over " + counted(request.banks, "bank");
    return fmt::format("{}: {} in each, in {}", text, figure_text(request.figures.bytes_per_bank),
                       place_text(*alike.first, all_devices));
}

std::string pieces_text(const Refused& refused) {
    if (!refused.holes) return {};
    return fmt::format(", in {}", counted(*refused.holes, "piece"));
}

std::string state_text(const Refused& refused) {
    const ledger::RefusalFigures& asked = refused.request.figures;
    if (refused.verdict == Verdict::larger_than_bank) {
        return fmt::format("{} in a whole bank: {} too few", figure_text(asked.bank_bytes),
                           figure_text(refused.missing));
    }
    std::string text = fmt::format("{} free in each bank{}, of {}", figure_text(asked.free),
                                   pieces_text(refused), figure_text(asked.bank_bytes));
    if (refused.verdict == Verdict::fragmented) {
        text += "; the largest piece is " + figure_text(asked.largest_free);
    }
    if (refused.verdict == Verdict::no_common_address) {
        text += fmt::format("; at one address in all banks {}",
                            figure_text(refused.free_in_every_bank));
    }
    if (refused.missing) text += fmt::format("; {} B too few", *refused.missing);
    return text;
}

std::vector<std::string> frees_text(const Refused& refused) {
    const Remedy& remedy = refused.remedy;
    const bool in_l1 = refused.request.region == Region::l1;
    std::vector<std::string> lines = {fmt::format(
        "{} freed{}: {} B would then be free in one piece",
        remedy.count == 1 ? "this one were"
                          : fmt::format("these {} (fewer will not do) were", remedy.count),
        in_l1 ? " or in DRAM" : "", remedy.room)};
    constexpr std::size_t kShown = 5;
    for (std::size_t i = 0; i < std::min(remedy.holders.size(), kShown); ++i) {
        lines.push_back("  " + holder_text(remedy.holders[i]));
    }
    if (remedy.holders.size() > kShown) {
        lines.push_back(fmt::format("  ... and {} more places", remedy.holders.size() - kShown));
    }
    return lines;
}

std::vector<std::string> would_fit(const Refused& refused) {
    const Remedy& remedy = refused.remedy;
    const bool in_l1 = refused.request.region == Region::l1;
    if (refused.verdict == Verdict::no_common_address) {
        return {fmt::format(
            "only those banks counted in which it is to lie, or the {} of single cores were freed "
            "or lay at the same addresses",
            counted(refused.in_some_banks, "allocation"))};
    }
    switch (remedy.way) {
        case Way::free:
            return frees_text(refused);
        case Way::split:
            return {
                fmt::format("it were asked for in at least {}{}; to free what is there would "
                            "not help",
                            counted(remedy.parts, "part"), in_l1 ? ", or in DRAM" : "")};
        case Way::configure:
            return {fmt::format("the device were opened with {}={} or more", remedy.setting,
                                remedy.setting_bytes)};
        default:
            return {"not known: not every allocation of that moment was seen"};
    }
}

// What lies free, from the lowest address on.
std::vector<std::string> hole_lines(const ledger::RefusalView& view) {
    const std::optional<BankMap> map = map_of(view);
    if (!map) return {};
    std::vector<std::string> lines;
    for (const Extent& hole : map->holes()) {
        const auto above =
            std::find_if(view.blocks.begin(), view.blocks.end(),
                         [&](const ledger::Block& block) { return block.address == hole.end; });
        std::string text = fmt::format("{:>10} B free at {:>10}", hole.bytes(), hole.begin);
        if (above != view.blocks.end()) {
            const ledger::CallSite place{view.call_sites.at(above->call_site).frames, ""};
            text +=
                fmt::format("   below {} B of {}", above->bytes_per_bank, call_path_text(place, 2));
        }
        lines.push_back(std::move(text));
    }
    return lines;
}

std::string_view meaning(Verdict verdict) {
    switch (verdict) {
        case Verdict::exhausted:
            return "Fewer bytes were free in each bank than it needs there.";
        case Verdict::fragmented:
            return "Enough bytes were free in each bank, but not in one piece.";
        case Verdict::no_common_address:
            return "Enough bytes were free in each bank, but at no address that is free in all.";
        case Verdict::larger_than_bank:
            return "It needs more in each bank than a whole bank has.";
        case Verdict::region_too_small:
            return "The program sets this region's size when it opens the device.";
        default:
            return "The allocator's figures do not explain why: they seem to have had room for it.";
    }
}

void set_sizes(Finding& finding, const Alike& alike, std::size_t all_devices) {
    const Refused& refused = alike.refused;
    const std::optional<std::uint64_t>& bytes = refused.request.figures.bytes;
    finding.title = fmt::format("{} of {} refused{}: {}, {}", bytes ? bytes_text(*bytes) : "memory",
                                title(refused.request.region),
                                alike.count == 1 ? "" : fmt::format(" {} times", alike.count),
                                words(refused.verdict), asker_text(refused.request.call_site));
    finding.cause = meaning(refused.verdict);
    finding.sections = {{"Asked", {asked_text(alike, all_devices)}},
                        {"There was", {state_text(refused)}},
                        {"Held by", held_by(refused)}};
    if (refused.since_mark) finding.sections.push_back({"New since", new_since_mark(refused)});
    finding.sections.push_back({"Would fit if", would_fit(refused)});
}

}  // namespace

std::vector<Finding> out_of_memory(const Scene& scene) {
    std::vector<Finding> findings;
    for (const Alike& alike : alike_refusals(scene.snapshot, judge)) {
        Finding finding = finding_of("out-of-memory", alike);
        set_sizes(finding, alike, scene.snapshot.devices.size());
        if (alike.refused.verdict == Verdict::fragmented) {
            set_evidence(finding, hole_lines(*alike.first));
        }
        findings.push_back(std::move(finding));
    }
    return findings;
}

}  // namespace plimsoll::findings
