#include "export/values.hpp"
#include "findings/memory_map.hpp"

namespace plimsoll::exporting {
namespace {

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

}  // namespace

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

}  // namespace plimsoll::exporting
