#include "export/read_report.hpp"

#include "export/parse.hpp"
#include "export/reading.hpp"
#include "export/recording.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::uint64_t kSchema = 1;
constexpr std::size_t kMostWords = 256;
constexpr std::size_t kMostNotes = 1000;

const char* const kExpected = "a report that plimsoll run --report-format json wrote, schema 1";
const char* const kRunAgain =
    "plimsoll run --report FILE --report-format json -- COMMAND..., then plimsoll explain FILE";

NotAReport not_json(std::string_view text, const Unparsed& why) {
    constexpr std::string_view kTextReport = "plimsoll: ";
    if (text.starts_with(kTextReport)) {
        return {"is the report as text, which is told already", kExpected, kRunAgain};
    }
    return {why.what, kExpected,
            why.is_cut ? "look whether the disk was full; " + std::string(kRunAgain) : kRunAgain};
}

findings::Report report_of(const Json& json) {
    findings::Report report;
    report.command = texts(json, "command", kMostWords);
    report.exit_code = known_number<int>(child(json, "exit"), "code");
    report.signal = known_number<int>(child(json, "exit"), "signal");
    report.elapsed_ns = number(json, "elapsed_ns");
    report.package = text(child(json, "runtime"), "package");
    report.machine = text(child(json, "runtime"), "machine");
    report.attached = is_true(child(json, "runtime"), "attached");
    report.not_attached_why = text(child(json, "runtime"), "not_attached_why");
    report.notes = texts(json, "notes", kMostNotes);
    report.findings = list(json, "findings", SIZE_MAX, read_finding);
    report.snapshot = read_snapshot(json, report.findings);
    if (!json.contains("devices")) {
        report.snapshot.devices = read_devices(child(json, "process"));
    }
    return report;
}

}  // namespace

std::variant<findings::Report, NotAReport> read_report(std::string_view text) {
    auto parsed = parse(text);
    if (const auto* why = std::get_if<Unparsed>(&parsed)) return not_json(text, *why);
    Json json = std::get<Json>(std::move(parsed));
    if (const auto form = known_number(json, "recording")) {
        if (*form != kRecordingForm) {
            return NotAReport{"is a recording of form " + std::to_string(*form),
                              "a recording of form " + std::to_string(kRecordingForm),
                              "open it with the release that wrote it"};
        }
        json = Json(child(json, "report"));
    }
    const auto schema = known_number(json, "schema");
    if (!json.is_object() || !schema || !child(json, "findings").is_array()) {
        return NotAReport{"is JSON, but no report of Plimsoll", kExpected, kRunAgain};
    }
    if (*schema != kSchema) {
        return NotAReport{"is a report of schema " + std::to_string(*schema), kExpected,
                          "explain it with the release that wrote it"};
    }
    return report_of(json);
}

}  // namespace plimsoll::exporting
