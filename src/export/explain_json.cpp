#include "export/explain_json.hpp"

#include "export/values.hpp"
#include "findings/meaning.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json head() { return {{"schema", 1}, {"plimsoll", PLIMSOLL_VERSION}, {"findings", Json::array()}}; }

}  // namespace

std::string finding_list_json(const findings::Report& report) {
    Json json = head();
    std::size_t number = 0;
    for (const findings::Finding& finding : report.findings) {
        json["findings"].push_back({{"number", ++number},
                                    {"severity", name(finding.severity)},
                                    {"code", finding.code},
                                    {"title", finding.title}});
    }
    return text_of(json);
}

std::string explain_json(const std::vector<findings::Explanation>& explanations) {
    Json json = head();
    for (const findings::Explanation& one : explanations) {
        Json finding = {{"number", one.number}};
        finding.update(finding_json(one.finding));
        const findings::Meaning meaning = findings::meaning_of(one.finding.code);
        finding["meaning"] = or_null(std::string(meaning.means));
        finding["confirm"] = or_null(std::string(meaning.confirm));
        finding["maps"] = Json::array();
        for (const findings::MemoryMap& map : one.maps) finding["maps"].push_back(map_json(map));
        json["findings"].push_back(std::move(finding));
    }
    return text_of(json);
}

}  // namespace plimsoll::exporting
