#include <cmath>

#include "export/reading.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::size_t kSeverities = 3;

double rate(const Json& object, const char* name) {
    const Json& value = child(object, name);
    const double number = value.is_number() ? value.get<double>() : 0;
    constexpr double kMost = 1e18;
    return std::isfinite(number) && std::abs(number) < kMost ? number : 0;
}

findings::Section read_section(const Json& json) {
    return {text(json, "label"), texts(json, "lines", findings::kMaxRows)};
}

findings::GrowthRate read_growth(const Json& json) {
    const Json& each = child(json, "per_iteration");
    return {rate(each, "bytes"), rate(each, "allocations"), number(json, "iterations"),
            number(json, "first_seen"), text(json, "marks") == "given"};
}

}  // namespace

findings::Finding read_finding(const Json& json) {
    findings::Finding finding;
    finding.code = text(json, "code");
    finding.severity = named<findings::Severity>(json, "severity", kSeverities);
    finding.title = text(json, "title");
    finding.count = number(json, "count");
    finding.bytes = number(json, "bytes");
    finding.devices = chips(json, "devices");
    finding.allocations = list(json, "allocations", findings::kMaxRows, read_allocation);
    finding.symptom = text(json, "symptom");
    finding.cause = text(json, "cause");
    finding.evidence = texts(json, "evidence", findings::kMaxRows);
    finding.evidence_count = number(json, "evidence_count");
    finding.consequence = text(json, "consequence");
    finding.fix = texts(json, "fix", findings::kMaxRows);
    finding.mended_in = text(json, "mended_in");
    finding.sections = list(json, "sections", findings::kMaxRows, read_section);
    if (child(json, "request").is_object() && !text(json, "verdict").empty()) {
        finding.refused = read_refused(json);
    }
    if (child(json, "per_iteration").is_object() && !child(json, "per_iteration").empty()) {
        finding.growth = read_growth(json);
    }
    return finding;
}

}  // namespace plimsoll::exporting
