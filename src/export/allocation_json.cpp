#include "export/values.hpp"

namespace plimsoll::exporting {

Json program_json(const std::optional<ledger::Program>& program) {
    if (!program) return nullptr;
    return {{"id", program->runtime_id},
            {"label", or_null(program->label)},
            {"op", or_null(program->call_site.op)},
            {"call_site", call_site_json(program->call_site.frames)}};
}

Json cores_json(const ledger::CoreSet& cores) {
    if (cores.empty()) return nullptr;  // every bank of the region
    Json ranges = Json::array();
    for (const ledger::CoreRange& range : cores) {
        ranges.push_back(Json::array({range.x0, range.y0, range.x1, range.y1}));
    }
    return ranges;
}

const char* name(ledger::Ending ending) {
    switch (ending) {
        case ledger::Ending::unreported:
            return "unreported";
        case ledger::Ending::reported_late:
            return "reported_late";
        case ledger::Ending::outlived_device:
            return "outlived_device";
        case ledger::Ending::left_at_exit:
            return "left_at_exit";
        case ledger::Ending::held_by_device:
            break;
    }
    return "held_by_device";
}

Json allocation_json(const ledger::AllocationView& row) {
    Json json{{"id", row.id},
              {"pid", row.pid},
              {"kind", name(row.kind)},
              {"region", name(row.region)},
              {"devices", row.devices},
              {"mesh", or_null(row.mesh)},
              {"address", row.address},
              {"bytes", row.bytes},
              {"bytes_per_bank", row.bytes_per_bank},
              {"banks", row.banks == 0 ? Json(nullptr) : Json(row.banks)},
              {"occupied_bytes", row.occupied_bytes},
              {"cores", cores_json(row.cores)},
              {"owner", name(row.owner)},
              {"program", program_json(row.program)},
              {"op", or_null(row.call_site.op)},
              {"call_site", call_site_json(row.call_site.frames)},
              {"call_sites", call_sites_json(row.call_site.frames)},
              {"reported", row.reported},
              {"reported_free", row.reported_free},
              {"ending", row.ending ? Json(name(*row.ending)) : Json(nullptr)},
              {"age_ns", row.age_ns}};
    // Only where it was asked for.
    if (!row.call_site.inside.empty()) json["inside"] = call_sites_json(row.call_site.inside);
    return json;
}

}  // namespace plimsoll::exporting
