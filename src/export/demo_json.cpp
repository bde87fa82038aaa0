#include "export/demo_json.hpp"

#include "export/values.hpp"

namespace plimsoll::exporting {

std::string demo_json(const std::vector<DemoPart>& parts) {
    Json list = Json::array();
    for (const DemoPart& part : parts) {
        list.push_back({{"name", part.name}, {"report", report_json(*part.report)}});
    }
    return text_of({{"schema", 1}, {"demo", list}});
}

std::string defects_json(std::span<const model::KnownDefect> defects) {
    Json list = Json::array();
    for (const model::KnownDefect& defect : defects) {
        Json findings = Json::array();
        for (const std::string_view code : defect.findings) {
            if (!code.empty()) findings.push_back(code);
        }
        list.push_back({{"name", defect.name},
                        {"what", defect.what},
                        {"upstream", defect.upstream},
                        {"machine", defect.machine},
                        {"release", defect.release},
                        {"findings", findings}});
    }
    return text_of({{"schema", 1}, {"defects", list}});
}

}  // namespace plimsoll::exporting
