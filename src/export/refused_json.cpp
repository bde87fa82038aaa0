#include "export/values.hpp"
#include "findings/refused.hpp"

namespace plimsoll::exporting {

const char* name(findings::Verdict verdict) {
    switch (verdict) {
        case findings::Verdict::exhausted:
            return "exhausted";
        case findings::Verdict::fragmented:
            return "fragmented";
        case findings::Verdict::no_common_address:
            return "no_common_address";
        case findings::Verdict::larger_than_bank:
            return "larger_than_bank";
        case findings::Verdict::region_too_small:
            return "region_too_small";
        case findings::Verdict::clash:
            return "clash";
        case findings::Verdict::beyond_memory:
            return "beyond_memory";
        case findings::Verdict::unknown:
            break;
    }
    return "unknown";
}

const char* name(findings::Way way) {
    switch (way) {
        case findings::Way::free:
            return "free";
        case findings::Way::configure:
            return "configure";
        case findings::Way::split:
            return "split";
        case findings::Way::none:
            return "none";
        case findings::Way::unknown:
            break;
    }
    return "unknown";
}

namespace {

Json request_json(const ledger::Refusal& request) {
    return {{"kind", name(request.kind)},
            {"region", name(request.region)},
            {"bytes", or_null(request.figures.bytes)},
            {"bytes_per_bank", or_null(request.figures.bytes_per_bank)},
            {"banks", request.banks == 0 ? Json(nullptr) : Json(request.banks)},
            {"program", program_json(request.program)},
            {"cores", cores_json(request.cores)},
            {"region_end", or_null(request.figures.region_end)},
            {"lowest_address", or_null(request.figures.lowest_address)},
            {"op", or_null(request.call_site.op)},
            {"call_site", call_site_json(request.call_site.frames)},
            {"call_sites", call_sites_json(request.call_site.frames)}};
}

Json holders_json(const std::vector<findings::Holder>& holders) {
    Json json = Json::array();
    for (const findings::Holder& holder : holders) {
        json.push_back({{"count", holder.count},
                        {"kind", name(holder.kind)},
                        {"owner", name(holder.owner)},
                        {"bytes_per_bank", holder.bytes_per_bank},
                        {"address", holder.begin},
                        {"end", holder.end},
                        {"op", or_null(holder.call_site.op)},
                        {"call_site", call_site_json(holder.call_site.frames)},
                        {"call_sites", call_sites_json(holder.call_site.frames)}});
    }
    return json;
}

Json runs_json(const std::vector<findings::Run>& runs) {
    Json json = Json::array();
    for (const findings::Run& run : runs) {
        json.push_back({{"address", run.address},
                        {"bytes_per_bank", run.bytes_per_bank},
                        {"count", run.count},
                        {"holder", or_null(run.holder)}});
    }
    return json;
}

Json moment_json(const findings::Moment& moment) {
    Json bank = nullptr;
    if (moment.bank) bank = {{"address", moment.bank->begin}, {"end", moment.bank->end}};
    return {{"bank", bank},
            {"blocks", runs_json(moment.runs)},
            {"blocks_count", moment.run_count},
            {"own", runs_json(moment.own)},
            {"own_count", moment.own_count}};
}

Json remedy_json(const findings::Remedy& remedy) {
    const auto unless_0 = [](std::uint64_t value) { return value == 0 ? Json() : Json(value); };
    return {{"way", name(remedy.way)},
            {"count", unless_0(remedy.count)},
            {"bytes_per_bank", unless_0(remedy.bytes_per_bank)},
            {"room", unless_0(remedy.room)},
            {"holders", holders_json(remedy.holders)},
            {"setting", or_null(remedy.setting)},
            {"setting_bytes", unless_0(remedy.setting_bytes)},
            {"parts", unless_0(remedy.parts)},
            {"free_above", or_null(remedy.free_above)}};
}

}  // namespace

void add_refused(Json& to, const findings::Refused& refused) {
    const ledger::RefusalFigures& figures = refused.request.figures;
    to["verdict"] = name(refused.verdict);
    to["signature"] = refused.signature;
    to["missing_bytes_per_bank"] = or_null(refused.missing);
    to["request"] = request_json(refused.request);
    to["allocator"] = {{"bank_bytes", or_null(figures.bank_bytes)},
                       {"allocated", or_null(figures.allocated)},
                       {"free", or_null(figures.free)},
                       {"largest_free", or_null(figures.largest_free)},
                       {"free_in_every_bank", or_null(refused.free_in_every_bank)},
                       {"holes", or_null(refused.holes)}};
    to["holders"] = holders_json(refused.holders);
    to["holders_count"] = refused.holder_count;
    to["holders_coverage"] = name(refused.picture);
    to["since_mark"] = nullptr;
    if (refused.since_mark) {
        to["since_mark"] = {{"mark", refused.since_mark->name},
                            {"holders", holders_json(refused.since_mark->holders)}};
    }
    to["moment"] = moment_json(refused.moment);
    to["remedy"] = remedy_json(refused.remedy);
}

}  // namespace plimsoll::exporting
