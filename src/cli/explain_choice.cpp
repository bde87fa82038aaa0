#include "cli/explain_choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "findings/words.hpp"

namespace plimsoll::cli {
namespace {

using findings::Explanation;
using findings::Finding;
using findings::MemoryMap;

bool is_meant(const std::string& word, std::size_t number, const Finding& finding) {
    return word == finding.code || word == std::to_string(number);
}

bool is_on(const std::optional<std::int32_t>& device, const std::vector<std::int32_t>& devices) {
    return !device || std::count(devices.begin(), devices.end(), *device) > 0;
}

std::string all_findings(const findings::Report& report) {
    std::string text;
    std::size_t number = 0;
    for (const Finding& finding : report.findings) {
        constexpr std::size_t kMost = 12;
        if (++number > kMost) return text + ", ...";
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", number, finding.code);
    }
    return text;
}

machines::Problem no_such_finding(const findings::Report& report, const ExplainOptions& options) {
    return {fmt::format("'{}' has no finding '{}'", options.file, options.finding),
            "one of " + all_findings(report),
            fmt::format("plimsoll explain {} lists them with their titles", options.file)};
}

void narrow(Explanation& one, const ExplainOptions& options) {
    std::erase_if(one.maps, [&options](const MemoryMap& map) {
        return !is_on(options.device, map.devices) ||
               (options.region && map.region != *options.region);
    });
    std::erase_if(one.finding.allocations, [&options](const ledger::AllocationView& row) {
        return !is_on(options.device, row.devices) ||
               (options.region && row.region != *options.region);
    });
    if (!options.device) return;
    for (MemoryMap& map : one.maps) map.devices = {*options.device};
}

std::string places(const std::vector<MemoryMap>& maps) {
    std::vector<std::string> texts;
    for (const MemoryMap& map : maps) {
        texts.push_back(
            fmt::format("{} on {}", name(map.region), findings::devices_text(map.devices, 0)));
    }
    return findings::listed(texts);
}

}  // namespace

machines::Outcome<std::vector<Explanation>> chosen(const findings::Report& report,
                                                   const ExplainOptions& options) {
    std::vector<Explanation> explanations;
    const bool only = options.finding.empty() && report.findings.size() == 1;
    if (options.finding.empty() && !only) return explanations;
    std::vector<MemoryMap> all;
    std::size_t number = 0;
    for (const Finding& finding : report.findings) {
        if (++number; !only && !is_meant(options.finding, number, finding)) continue;
        Explanation one{number, finding, findings::maps_of(finding, report.snapshot.devices)};
        all.insert(all.end(), one.maps.begin(), one.maps.end());
        narrow(one, options);
        explanations.push_back(std::move(one));
    }
    if (explanations.empty()) return no_such_finding(report, options);
    const bool nothing = std::all_of(explanations.begin(), explanations.end(),
                                     [](const Explanation& one) { return one.maps.empty(); });
    if (nothing && !all.empty()) {
        return machines::Problem{"nothing of this finding lies there", places(all),
                                 "choose another --device or --region, or leave them out"};
    }
    return explanations;
}

}  // namespace plimsoll::cli
