#include "export/baseline_json.hpp"

#include "export/values.hpp"
#include "plimsoll/version.h"

namespace plimsoll::exporting {

std::string baseline_json(const gate::Baseline& baseline) {
    Json accepted = Json::array();
    for (const gate::Accepted& one : baseline.accepted) {
        accepted.push_back({{"code", one.key.code},
                            {"owner", one.key.owner},
                            {"program", or_null(one.key.program)},
                            {"kind", one.key.kind},
                            {"region", one.key.region},
                            {"op", or_null(one.key.op)},
                            {"call_site", one.key.call_site},
                            {"count", one.amount.count},
                            {"bytes", one.amount.bytes}});
    }
    return text_of({{"baseline", 1},
                    {"plimsoll", PLIMSOLL_VERSION},
                    {"package", or_null(baseline.package)},
                    {"accepted", std::move(accepted)}});
}

}  // namespace plimsoll::exporting
