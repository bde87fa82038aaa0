#include "export/explain_json.hpp"

#include "export/values.hpp"
#include "findings/meaning.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json head() { return {{"schema", 1}, {"plimsoll", PLIMSOLL_VERSION}, {"findings", Json::array()}}; }

Json extent_json(const std::optional<findings::Extent>& extent) {
    if (!extent) return nullptr;
    return {{"address", extent->begin}, {"end", extent->end}, {"bytes", extent->bytes()}};
}

Json lane_json(const findings::MapLane& lane) {
    Json spans = Json::array();
    for (const findings::MapSpan& span : lane.spans) {
        Json json = extent_json(span.extent);
        json["count"] = span.count;
        json["holder"] = span.holder;
        spans.push_back(std::move(json));
    }
    return {{"name", lane.name}, {"of_program", lane.of_program}, {"spans", std::move(spans)}};
}

Json map_json(const findings::MemoryMap& map) {
    Json json = {{"region", name(map.region)},
                 {"devices", map.devices},
                 {"bank", extent_json(map.bank)},
                 {"rest_is_free", map.rest_is_free},
                 {"lanes", Json::array()},
                 {"holders", Json::array()},
                 {"holes_count", findings::holes(map).size()},
                 {"largest_hole", extent_json(findings::largest_hole(map))},
                 {"gap", nullptr},
                 {"left_out", map.left_out}};
    for (const findings::MapLane& lane : map.lanes) json["lanes"].push_back(lane_json(lane));
    for (const findings::MapHolder& holder : map.holders) {
        json["holders"].push_back({{"letter", std::string(1, holder.letter)},
                                   {"owner", name(holder.owner)},
                                   {"name", holder.name},
                                   {"bytes_per_bank", holder.bytes}});
    }
    if (const auto gap = findings::gap(map)) {
        json["gap"] = extent_json(gap->extent);
        json["gap"]["overlap"] = gap->overlap;
    }
    return json;
}

}  // namespace

std::string finding_list_json(const findings::Report& report) {
    Json json = head();
    std::size_t number = 0;
    for (const findings::Finding& finding : report.findings) {
        json["findings"].push_back({{"number", ++number},
                                    {"severity", name(finding.severity)},
                                    {"code", finding.code},
                                    {"title", finding.title}});
    }
    return text_of(json);
}

std::string explain_json(const std::vector<findings::Explanation>& explanations) {
    Json json = head();
    for (const findings::Explanation& one : explanations) {
        Json finding = {{"number", one.number}};
        finding.update(finding_json(one.finding));
        const findings::Meaning meaning = findings::meaning_of(one.finding.code);
        finding["meaning"] = or_null(std::string(meaning.means));
        finding["confirm"] = or_null(std::string(meaning.confirm));
        finding["maps"] = Json::array();
        for (const findings::MemoryMap& map : one.maps) finding["maps"].push_back(map_json(map));
        json["findings"].push_back(std::move(finding));
    }
    return text_of(json);
}

}  // namespace plimsoll::exporting
