#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

const char* name(ledger::ProcessState state) {
    switch (state) {
        case ledger::ProcessState::running:
            return "running";
        case ledger::ProcessState::exited:
            return "exited";
        case ledger::ProcessState::killed:
            return "killed";
    }
    return "running";
}

Json health_json(const ledger::Health& health) {
    const bool verified = health.verified > 0;
    return {
        {"unlisted_allocations", health.unlisted_allocations},
        {"unlisted_live", health.unlisted_live},
        {"unmatched_frees", health.unmatched_frees},
        {"double_frees", health.double_frees},
        {"table_overflows", health.table_overflows},
        {"rows_in_flight", health.rows_in_flight},
        {"rows_rejected", health.rows_rejected},
        {"verified", health.verified},
        {"verified_differing", verified ? Json(health.verified_differing) : Json(nullptr)},
        {"worst_difference_bytes", verified ? Json(health.worst_difference_bytes) : Json(nullptr)}};
}

}  // namespace

Json process_json(const ledger::ProcessView& process) {
    const ledger::Identity& identity = process.identity;
    return {{"pid", identity.pid},
            {"start_time", identity.start_time},
            {"name", identity.name},
            {"state", name(process.state)},
            {"exit", {{"code", or_null(process.exit_code)}, {"signal", or_null(process.signal)}}},
            {"forked_from", identity.forked_from == 0 ? Json(nullptr) : Json(identity.forked_from)},
            {"package", or_null(identity.package)},
            {"held_count", process.held_count},
            {"reported_active_allocations", process.reported_active},
            {"refused_allocations", process.refusal_count},
            {"events", events_json(process.events)},
            {"health", health_json(process.health)}};
}

Json observed_json(const ledger::ProcessView& process) {
    Json json = process_json(process);
    json.erase("events");  // a look from outside is not meant to get them all
    json["user"] = or_null(process.identity.user);
    json["command"] = or_null(process.identity.command);
    json["container"] = or_null(process.identity.container);
    json["pod"] = or_null(process.identity.pod);
    json["rank"] = or_null(process.identity.rank);
    json["host_rank"] = or_null(process.identity.host_rank);
    const std::int32_t inner = process.identity.namespace_pid;
    json["namespace_pid"] = inner == 0 ? Json(nullptr) : Json(inner);
    json["devices"] = Json::array();
    for (const ledger::DeviceUse& device : process.devices) {
        json["devices"].push_back(device_json(device));
    }
    return json;
}

}  // namespace plimsoll::exporting
