#include "export/reading.hpp"

namespace plimsoll::exporting {
namespace {

// The last ones of their enumerations.
constexpr auto kVerdicts = static_cast<std::size_t>(findings::Verdict::beyond_memory) + 1;
constexpr auto kWays = static_cast<std::size_t>(findings::Way::none) + 1;

ledger::Refusal read_request(const Json& json, findings::Verdict verdict) {
    const Json& request = child(json, "request");
    const Json& allocator = child(json, "allocator");
    ledger::Refusal refusal;
    if (verdict == findings::Verdict::clash) refusal.reason = ledger::RefusalReason::clash;
    if (verdict == findings::Verdict::beyond_memory) {
        refusal.reason = ledger::RefusalReason::beyond_memory;
    }
    refusal.kind = named<Kind>(request, "kind", kKindCount);
    refusal.region = named<Region>(request, "region", kRegionCount);
    refusal.cores = read_cores(request);
    refusal.banks = number<std::uint32_t>(request, "banks");
    refusal.figures.bytes = known_number(request, "bytes");
    refusal.figures.bytes_per_bank = known_number(request, "bytes_per_bank");
    refusal.figures.bank_bytes = known_number(allocator, "bank_bytes");
    refusal.figures.allocated = known_number(allocator, "allocated");
    refusal.figures.free = known_number(allocator, "free");
    refusal.figures.largest_free = known_number(allocator, "largest_free");
    refusal.figures.lowest_address = known_number(request, "lowest_address");
    refusal.figures.region_end = known_number(request, "region_end");
    refusal.call_site = read_call_site(request);
    refusal.program = read_program(child(request, "program"));
    return refusal;
}

findings::Holder read_holder(const Json& json) {
    findings::Holder holder;
    holder.count = number(json, "count");
    holder.kind = named<Kind>(json, "kind", kKindCount);
    holder.owner = named<Owner>(json, "owner", kOwnerCount);
    holder.call_site = read_call_site(json);
    holder.bytes_per_bank = number(json, "bytes_per_bank");
    holder.begin = number(json, "address");
    holder.end = number(json, "end");
    return holder;
}

std::optional<findings::SinceMark> read_since_mark(const Json& json) {
    if (!json.contains("mark")) return {};
    return findings::SinceMark{text(json, "mark"),
                               list(json, "holders", findings::kMaxRows, read_holder)};
}

findings::Run read_run(const Json& json) {
    return {number(json, "address"), number(json, "bytes_per_bank"), number(json, "count"),
            known_number(json, "holder")};
}

findings::Moment read_moment(const Json& json) {
    findings::Moment moment;
    const auto begin = known_number(child(json, "bank"), "address");
    const auto end = known_number(child(json, "bank"), "end");
    if (begin && end && *begin < *end) moment.bank = findings::Extent{*begin, *end};
    moment.runs = list(json, "blocks", findings::kMaxRuns, read_run);
    moment.run_count = number(json, "blocks_count");
    moment.own = list(json, "own", findings::kMaxRuns, read_run);
    moment.own_count = number(json, "own_count");
    return moment;
}

findings::Remedy read_remedy(const Json& json) {
    findings::Remedy remedy;
    remedy.way = named<findings::Way>(json, "way", kWays);
    remedy.count = number(json, "count");
    remedy.bytes_per_bank = number(json, "bytes_per_bank");
    remedy.room = number(json, "room");
    remedy.holders = list(json, "holders", findings::kMaxRows, read_holder);
    remedy.setting = text(json, "setting");
    remedy.setting_bytes = number(json, "setting_bytes");
    remedy.parts = number(json, "parts");
    remedy.free_above = known_number(json, "free_above");
    return remedy;
}

}  // namespace

findings::Refused read_refused(const Json& json) {
    findings::Refused refused;
    refused.verdict = named<findings::Verdict>(json, "verdict", kVerdicts);
    refused.request = read_request(json, refused.verdict);
    refused.missing = known_number(json, "missing_bytes_per_bank");
    refused.holes = known_number(child(json, "allocator"), "holes");
    const std::string picture = text(json, "holders_coverage");
    refused.picture = picture == "exact"      ? Coverage::exact
                      : picture == "at_least" ? Coverage::at_least
                                              : Coverage::unknown;
    refused.holders = list(json, "holders", findings::kMaxRows, read_holder);
    refused.holder_count = number(json, "holders_count");
    refused.free_in_every_bank = known_number(child(json, "allocator"), "free_in_every_bank");
    refused.since_mark = read_since_mark(child(json, "since_mark"));
    refused.moment = read_moment(child(json, "moment"));
    refused.remedy = read_remedy(child(json, "remedy"));
    refused.signature = text(json, "signature");
    return refused;
}

}  // namespace plimsoll::exporting
