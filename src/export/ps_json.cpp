#include "export/ps_json.hpp"

#include "export/values.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json head() { return {{"schema", 1}, {"plimsoll", PLIMSOLL_VERSION}}; }

}  // namespace

std::string ps_json(const ledger::Sighting& sighting) {
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
