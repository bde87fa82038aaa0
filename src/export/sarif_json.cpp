#include "export/sarif_json.hpp"

#include <cctype>
#include <map>

#include "export/values.hpp"
#include "findings/meaning.hpp"
#include "findings/words.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

constexpr const char* kLimitRule = "peak-above-limit";

const char* level(findings::Severity severity) {
    return severity == findings::Severity::info ? "note" : name(severity);
}

// What a URI may have in a path stays, all else is a percent sign and two digits.
std::string uri_of(const std::string& path) {
    constexpr const char* kHex = "0123456789ABCDEF";
    std::string uri;
    for (const char letter : path) {
        const auto byte = static_cast<unsigned char>(letter);
        if (std::isalnum(byte) != 0 ||
            std::string_view("-._~/").find(letter) != std::string::npos) {
            uri += letter;
        } else {
            uri += {'%', kHex[byte >> 4], kHex[byte & 15]};
        }
    }
    return uri;
}

class Writer {
  public:
    // GitHub refuses a file with a result that has no location: where the line is not known, the
    // command stands for it.
    Writer(std::string root, const std::vector<std::string>& command) : root_(std::move(root)) {
        command_.file = command.empty() ? "command" : command.front();
        command_.line = 1;
    }

    Json& add_result(const std::string& rule, const char* level, const std::string& message,
                     const ledger::CallSite& site) {
        Json result = {{"ruleId", rule},
                       {"ruleIndex", index_of(rule)},
                       {"level", level},
                       {"message", {{"text", message}}},
                       {"locations", locations(site)}};
        results_.push_back(std::move(result));
        return results_.back();
    }

    [[nodiscard]] const Json& results() const { return results_; }
    [[nodiscard]] const Json& rules() const { return rules_; }

    [[nodiscard]] Json location(const ledger::Frame& frame) const {
        const bool inside = !root_.empty() && frame.file.rfind(root_, 0) == 0;
        Json artifact = {{"uri", uri_of(inside ? frame.file.substr(root_.size()) : frame.file)}};
        if (inside) artifact["uriBaseId"] = "SRCROOT";
        if (!inside && frame.file.starts_with("/")) {
            artifact["uri"] = "file://" + uri_of(frame.file);
        }
        Json physical = {{"artifactLocation", artifact}};
        if (frame.line > 0) physical["region"] = {{"startLine", frame.line}};
        Json one = {{"physicalLocation", physical}};
        if (!frame.function.empty()) {
            one["logicalLocations"] =
                Json::array({{{"fullyQualifiedName", frame.function}, {"kind", "function"}}});
        }
        return one;
    }

  private:
    Json locations(const ledger::CallSite& site) const {
        return Json::array({location(site.frames.empty() ? command_ : site.frames.front())});
    }

    std::size_t index_of(const std::string& rule) {
        const auto [at, added] = indices_.emplace(rule, rules_.size());
        if (!added) return at->second;
        const findings::Meaning meaning = findings::meaning_of(rule);
        const bool is_limit = rule == kLimitRule;
        const std::string means =
            is_limit ? "A device held more at one moment than plimsoll check --limit allows."
                     : std::string(meaning.means);
        const std::string help = is_limit
                                     ? "Look at what the peak was made of: plimsoll run shows it."
                                     : std::string(meaning.confirm);
        rules_.push_back({{"id", rule},
                          {"shortDescription", {{"text", rule}}},
                          {"fullDescription", {{"text", means}}},
                          {"help", {{"text", help}}}});
        return at->second;
    }

    std::string root_;
    ledger::Frame command_;
    std::map<std::string, std::size_t> indices_;
    Json rules_ = Json::array();
    Json results_ = Json::array();
};

void add_stack(Json& result, const Writer& writer, const ledger::CallSite& site) {
    if (site.frames.size() < 2) return;
    Json frames = Json::array();
    for (const ledger::Frame& frame : site.frames) {
        frames.push_back({{"location", writer.location(frame)}});
    }
    result["stacks"] = Json::array(
        {{{"message", {{"text", "who called it, innermost first"}}}, {"frames", frames}}});
}

const gate::Concern* concern_of(const gate::Verdict& verdict, const gate::Key& key) {
    for (const gate::Concern& one : verdict.concerns) {
        if (one.key == key) return &one;
    }
    return nullptr;
}

void add_standing(Json& result, const gate::Concern& concern, bool has_baseline) {
    if (!has_baseline) return;
    const bool accepted = concern.standing == gate::Standing::accepted;
    result["baselineState"] = accepted                                        ? "unchanged"
                              : concern.standing == gate::Standing::increased ? "updated"
                                                                              : "new";
    if (!accepted) return;
    result["suppressions"] = Json::array(
        {{{"kind", "external"}, {"status", "accepted"}, {"justification", "in the baseline"}}});
}

void add_findings(Writer& writer, const findings::Report& report, const gate::Verdict& verdict,
                  bool has_baseline) {
    for (const findings::Finding& finding : report.findings) {
        for (const findings::Place& place : finding.places) {
            const gate::Key key = gate::key_of(finding, place);
            const findings::Amount amount = findings::on_one_device(place);
            Json& result = writer.add_result(finding.code, level(finding.severity),
                                             finding.title + ". " + finding.cause, place.call_site);
            result["partialFingerprints"] = {{"plimsoll/v1", gate::text_of(key)}};
            result["properties"] = {{"owner", key.owner},    {"kind", key.kind},
                                    {"region", key.region},  {"program", or_null(key.program)},
                                    {"op", or_null(key.op)}, {"count", amount.count},
                                    {"bytes", amount.bytes}};
            add_stack(result, writer, place.call_site);
            if (const auto* concern = concern_of(verdict, key)) {
                add_standing(result, *concern, has_baseline);
            }
        }
    }
}

void add_excesses(Writer& writer, const gate::Verdict& verdict) {
    for (const gate::Excess& excess : verdict.excesses) {
        const auto& shares = excess.peak.at_peak;
        const ledger::CallSite site = shares.empty() ? ledger::CallSite{} : shares[0].call_site;
        Json& result = writer.add_result(kLimitRule, "error",
                                         "peak of " + gate::name_of(excess.limit) + " on device " +
                                             std::to_string(excess.device) + ": " +
                                             findings::bytes_text(excess.peak.peak.value) +
                                             ", above the limit of " +
                                             findings::bytes_text(excess.limit.bytes),
                                         site);
        result["properties"] = {{"device", excess.device},
                                {"bytes", figure_json(excess.peak.peak)},
                                {"limit", excess.limit.bytes}};
    }
}

Json invocation(const findings::Report& report) {
    Json json = {{"executionSuccessful", report.attached}};
    if (report.exit_code) json["exitCode"] = *report.exit_code;
    if (report.signal) json["exitSignalName"] = findings::signal_name(*report.signal);
    json["arguments"] = report.command;
    return json;
}

}  // namespace

std::string sarif_json(const findings::Report& report, const gate::Verdict& verdict,
                       bool has_baseline, const std::string& root) {
    Writer writer(root, report.command);
    add_findings(writer, report, verdict, has_baseline);
    add_excesses(writer, verdict);
    const Json driver = {{"name", "plimsoll"},
                         {"version", PLIMSOLL_VERSION},
                         {"semanticVersion", PLIMSOLL_VERSION},
                         {"rules", writer.rules()}};
    Json run = {{"tool", {{"driver", driver}}}, {"invocations", Json::array({invocation(report)})}};
    if (!root.empty()) {
        run["originalUriBaseIds"] = {{"SRCROOT", {{"uri", "file://" + uri_of(root)}}}};
    }
    run["columnKind"] = "unicodeCodePoints";
    run["results"] = writer.results();
    return text_of({{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({run})}});
}

}  // namespace plimsoll::exporting
