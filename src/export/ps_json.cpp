#include "export/ps_json.hpp"

#include "export/values.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json held_json(const upstream::Held& held) {
    Json json = Json::object();
    for (const Region region : kRegions) {
        if (region == Region::system) continue;  // the runtime does not count it
        json[name(region)] = held.regions[static_cast<std::size_t>(region)];
    }
    json["circular_buffers"] = held.circular_buffers;
    return json;
}

Json statistics_json(const upstream::Statistics& chip, const upstream::Sighting& sighting) {
    Json processes = Json::array();
    for (const upstream::Slot& slot : chip.processes) {
        processes.push_back({{"pid", slot.pid},
                             {"name", slot.name},
                             {"running", sighting.running.contains(slot.pid)},
                             {"requested", held_json(slot.held)},
                             {"updated_ns", slot.updated_ns}});
    }
    return {{"device", chip.device},
            {"asic", std::to_string(chip.asic)},
            {"version", chip.version},
            {"updated_ns", chip.updated_ns},
            {"requested", held_json(chip.total)},
            {"processes", processes}};
}

Json head() { return {{"schema", 1}, {"plimsoll", PLIMSOLL_VERSION}}; }

}  // namespace

std::string ps_json(const ledger::Sighting& sighting, const upstream::Sighting& upstream) {
    Json json = head();
    json["processes"] = Json::array();
    for (const ledger::ProcessView& process : sighting.processes) {
        json["processes"].push_back(observed_json(process));
    }
    json["unwatched"] = Json::array();
    for (const ledger::Unwatched& one : sighting.unwatched) {
        json["unwatched"].push_back(
            {{"pid", one.pid},
             {"name", one.name},
             {"user", one.user},
             {"devices", one.devices.empty() ? Json() : Json(one.devices)}});
    }
    json["notes"] = sighting.notes;
    for (const upstream::Statistics& chip : upstream.chips) {
        json["runtime_statistics"].push_back(statistics_json(chip, upstream));
    }
    return text_of(json);
}

std::string show_json(const ledger::ProcessView& process) {
    Json json = head();
    json["process"] = observed_json(process);
    json["allocations"] = Json::array();
    for (const ledger::AllocationView& row : process.held) {
        json["allocations"].push_back(allocation_json(row));
    }
    json["allocations_count"] = process.held_count;
    return text_of(json);
}

std::string leaks_json(const ledger::ProcessView& process,
                       const std::vector<findings::Finding>& findings) {
    Json json = head();
    json["process"] = observed_json(process);
    json["findings"] = Json::array();
    for (const findings::Finding& finding : findings) {
        json["findings"].push_back(finding_json(finding));
    }
    return text_of(json);
}

}  // namespace plimsoll::exporting
