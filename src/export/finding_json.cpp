#include <cmath>

#include "export/values.hpp"
#include "findings/finding.hpp"

namespace plimsoll::exporting {

const char* name(findings::Severity severity) {
    switch (severity) {
        case findings::Severity::info:
            return "info";
        case findings::Severity::warning:
            return "warning";
        case findings::Severity::error:
            return "error";
    }
    return "error";
}

namespace {

Json rows_json(const std::vector<ledger::AllocationView>& rows) {
    Json json = Json::array();
    for (const ledger::AllocationView& row : rows) {
        if (json.size() == findings::kMaxRows) break;
        json.push_back(allocation_json(row));
    }
    return json;
}

Json sections_json(const std::vector<findings::Section>& sections) {
    Json json = Json::array();
    for (const findings::Section& section : sections) {
        json.push_back({{"label", section.label}, {"lines", section.lines}});
    }
    return json;
}

void add_growth(Json& json, const findings::GrowthRate& growth) {
    json["per_iteration"] = {{"bytes", std::llround(growth.bytes)},
                             {"allocations", std::round(growth.allocations * 1000) / 1000}};
    json["iterations"] = growth.iterations;
    json["first_seen"] = growth.first_seen;
    json["marks"] = growth.marks_given ? "given" : "found";
}

}  // namespace

Json finding_json(const findings::Finding& finding) {
    // Of a refusal there is no allocation: who held the memory is in `holders`.
    const std::uint64_t allocations = finding.refused ? 0 : finding.count;
    Json json = {{"code", finding.code},
                 {"severity", name(finding.severity)},
                 {"title", finding.title},
                 {"count", finding.count},
                 {"bytes", finding.bytes},
                 {"devices", finding.devices},
                 {"allocations", rows_json(finding.allocations)},
                 {"allocations_count", allocations},
                 {"evidence", finding.evidence},
                 {"evidence_count", finding.evidence_count},
                 {"symptom", or_null(finding.symptom)},
                 {"cause", finding.cause},
                 {"consequence", or_null(finding.consequence)},
                 {"fix", finding.fix},
                 {"mended_in", or_null(finding.mended_in)},
                 {"sections", sections_json(finding.sections)}};
    if (finding.refused) add_refused(json, *finding.refused);
    if (finding.growth) add_growth(json, *finding.growth);
    return json;
}

}  // namespace plimsoll::exporting
