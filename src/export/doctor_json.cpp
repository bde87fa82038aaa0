#include "export/doctor_json.hpp"

#include "export/values.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {
namespace {

Json capability_json(const doctor::Capability& capability) {
    Json functions = Json::array();
    for (const doctor::Function& function : capability.functions) {
        functions.push_back({{"function", function.name},
                             {"symbol", function.symbol},
                             {"role", function.is_seam ? "seam" : "accessor"},
                             {"found", function.found}});
    }
    return {{"what", capability.what},
            {"state", capability.state},
            {"text", capability.text},
            {"functions", functions}};
}

}  // namespace

std::string doctor_json(const doctor::Diagnosis& diagnosis) {
    Json json = {{"schema", 1},
                 {"plimsoll", PLIMSOLL_VERSION},
                 {"command", diagnosis.command},
                 {"ready", diagnosis.ready()},
                 {"checks", Json::array()},
                 {"capabilities", Json::array()},
                 {"coverage", Json::array()}};
    for (const doctor::Check& check : diagnosis.checks) {
        json["checks"].push_back({{"what", check.what},
                                  {"state", doctor::name(check.state)},
                                  {"detail", check.detail},
                                  {"to_do", or_null(check.to_do)}});
    }
    for (const doctor::Capability& capability : diagnosis.seen.capabilities) {
        json["capabilities"].push_back(capability_json(capability));
    }
    for (const doctor::KindCoverage& kind : diagnosis.seen.coverage) {
        json["coverage"].push_back({{"what", kind.kind}, {"state", kind.state}, {"why", kind.why}});
    }
    return text_of(json);
}

}  // namespace plimsoll::exporting
