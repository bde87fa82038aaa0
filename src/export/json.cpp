#include "export/json.hpp"

#include "export/values.hpp"
#include "findings/words.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json exit_json(const findings::Report& report) {
    Json signal_name = nullptr;
    if (report.signal) signal_name = findings::signal_name(*report.signal);
    return {{"code", or_null(report.exit_code)},
            {"signal", or_null(report.signal)},
            {"signal_name", signal_name}};
}

Json runtime_json(const findings::Report& report) {
    std::string name;
    for (const ledger::ProcessView& process : report.snapshot.processes) {
        if (name.empty()) name = process.identity.runtime;
    }
    return {{"name", or_null(name)},
            {"package", or_null(report.package)},
            {"machine", or_null(report.machine)},
            {"attached", report.attached},
            {"not_attached_why", report.attached ? Json(nullptr) : Json(report.not_attached_why)},
            {"coverage", coverage_json(report.snapshot)}};
}

// Nothing attached means nothing is known: then no total is a number.
Json totals_json(const findings::Report& report) {
    const ledger::Totals& totals = report.snapshot.totals;
    const auto known = [&report](std::uint64_t value) {
        return report.attached ? Json(value) : Json(nullptr);
    };
    const std::uint64_t over = totals.frees + totals.active_allocations;
    return {
        {"active_allocations", known(totals.active_allocations)},
        {"reported_active_allocations", known(totals.reported_active_allocations)},
        {"allocations", known(totals.allocations)},
        {"frees", known(totals.frees)},
        {"ended_with_process", known(totals.allocations > over ? totals.allocations - over : 0)},
        {"live_bytes", known(totals.live_bytes)},
        {"peak_bytes", report.attached ? figure_json(totals.peak_bytes) : Json(nullptr)},
        {"peak_bytes_coverage",
         name(report.attached ? totals.peak_bytes.coverage : Coverage::unknown)},
        {"events", events_json(totals.events)}};
}

// Memory is live while its process runs; what a dead one held is a finding.
void add_live(Json& json, const ledger::Snapshot& snapshot) {
    Json live = Json::array();
    std::uint64_t count = 0;
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (process.state != ledger::ProcessState::running) continue;
        count += process.held_count;
        for (const ledger::AllocationView& row : process.held) {
            if (live.size() < findings::kMaxRows) live.push_back(allocation_json(row));
        }
    }
    json["live"] = std::move(live);
    json["live_count"] = count;
}

}  // namespace

Json report_json(const findings::Report& report) {
    Json json = {{"schema", 1},
                 {"plimsoll", PLIMSOLL_VERSION},
                 {"command", report.command},
                 {"exit", exit_json(report)},
                 {"elapsed_ns", report.elapsed_ns},
                 {"runtime", runtime_json(report)},
                 {"processes", Json::array()},
                 {"devices", Json::array()},
                 {"windows", Json::array()},
                 {"totals", totals_json(report)},
                 {"by_kind", Json::object()}};
    for (const auto& process : report.snapshot.processes) {
        json["processes"].push_back(process_json(process));
        for (Json& window : windows_json(process)) json["windows"].push_back(std::move(window));
    }
    for (const auto& device : report.snapshot.devices) {
        json["devices"].push_back(device_json(device));
    }
    for (const auto& use : report.snapshot.kinds) {
        if (use.allocations > 0) json["by_kind"][plimsoll::name(use.kind)] = kind_json(use);
    }
    add_live(json, report.snapshot);
    json["findings"] = Json::array();
    for (const auto& finding : report.findings) json["findings"].push_back(finding_json(finding));
    json["notes"] = report.notes;
    return json;
}

std::string to_json(const findings::Report& report) { return text_of(report_json(report)); }

}  // namespace plimsoll::exporting
