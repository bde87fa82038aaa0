#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "findings/memory_map.hpp"
#include "findings/report.hpp"
#include "ledger/snapshot.hpp"

// How the values of a snapshot look in JSON.
namespace plimsoll::exporting {

using Json = nlohmann::ordered_json;

const char* name(findings::Severity severity);
const char* name(findings::Verdict verdict);
const char* name(findings::Way way);
const char* name(ledger::Ending ending);

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

// As it is printed. Bytes that are not UTF-8 are replaced.
std::string text_of(const Json& json);

Json or_null(const std::string& text);                           // null when empty
Json figure_json(const ledger::Figure& figure);                  // null when unknown
Json call_site_json(const std::vector<ledger::Frame>& frames);   // innermost, or null
Json call_sites_json(const std::vector<ledger::Frame>& frames);  // up to four, whole paths
Json events_json(const ledger::Events& events);

Json program_json(const std::optional<ledger::Program>& program);
Json cores_json(const ledger::CoreSet& cores);  // null when empty

// One allocation, alike in `live` and in a finding.
Json allocation_json(const ledger::AllocationView& row);

// Adds the typed part of a finding about a refusal.
void add_refused(Json& to, const findings::Refused& refused);

Json finding_json(const findings::Finding& finding);
// A picture of memory: `plimsoll explain` prints it and the page draws it.
Json map_json(const findings::MemoryMap& map);
// What a peak was made of, the largest share first.
Json shares_json(const std::vector<ledger::PeakShare>& shares);
// The named windows of one process, in the order in which they first began.
Json windows_json(const ledger::ProcessView& process);
Json device_json(const ledger::DeviceUse& device);
Json process_json(const ledger::ProcessView& process);
// As it is seen from outside: with its user and its devices.
Json observed_json(const ledger::ProcessView& process);
Json kind_json(const ledger::KindUse& use);

// The whole report: what to_json() prints.
Json report_json(const findings::Report& report);

// What of the runtime is seen, merged over the processes: the least known wins.
Json coverage_json(const ledger::Snapshot& snapshot);

}  // namespace plimsoll::exporting
