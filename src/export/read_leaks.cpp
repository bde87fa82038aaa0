#include "export/read_leaks.hpp"

#include "export/reading.hpp"

namespace plimsoll::exporting {

std::vector<findings::Finding> read_growths(std::string_view leaks_json, std::uint64_t start_time) {
    const Json json = Json::parse(leaks_json, nullptr, /*allow_exceptions=*/false);
    std::vector<findings::Finding> growths;
    if (!json.is_object()) return growths;
    const Json& process = child(json, "process");
    if (!process.is_object() || number(process, "start_time") != start_time) {
        return growths;
    }
    for (const Json& one : child(json, "findings")) {
        if (one.is_object() && text(one, "code") == "grows-per-iteration") {
            growths.push_back(read_finding(one));
        }
    }
    return growths;
}

}  // namespace plimsoll::exporting
