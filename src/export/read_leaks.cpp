#include "export/read_leaks.hpp"

#include "export/values.hpp"

namespace plimsoll::exporting {
namespace {

template <class T>
T value(const Json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end()) return {};
    if constexpr (std::is_same_v<T, std::string>) {
        return found->is_string() ? found->template get<T>() : T{};
    } else {
        return found->is_number() ? found->template get<T>() : T{};
    }
}

const Json& child(const Json& object, const char* name) {
    static const Json none = Json::object();
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

template <class T>
std::vector<T> list(const Json& object, const char* name) {
    std::vector<T> values;
    for (const Json& one : child(object, name)) {
        if constexpr (std::is_same_v<T, std::string>) {
            if (one.is_string()) values.push_back(one.get<T>());
        } else {
            if (one.is_number_integer()) values.push_back(one.get<T>());
        }
    }
    return values;
}

findings::Finding finding_of(const Json& json) {
    findings::Finding finding;
    finding.code = value<std::string>(json, "code");
    finding.severity = value<std::string>(json, "severity") == "warning"
                           ? findings::Severity::warning
                           : findings::Severity::error;
    finding.title = value<std::string>(json, "title");
    finding.count = value<std::uint64_t>(json, "count");
    finding.bytes = value<std::uint64_t>(json, "bytes");
    finding.devices = list<std::int32_t>(json, "devices");
    finding.evidence = list<std::string>(json, "evidence");
    finding.evidence_count = value<std::uint64_t>(json, "evidence_count");
    finding.cause = value<std::string>(json, "cause");
    finding.consequence = value<std::string>(json, "consequence");
    finding.fix = list<std::string>(json, "fix");
    const Json& rate = child(json, "per_iteration");
    finding.growth = {value<double>(rate, "bytes"), value<double>(rate, "allocations"),
                      value<std::uint64_t>(json, "iterations"),
                      value<std::uint64_t>(json, "first_seen"),
                      value<std::string>(json, "marks") == "given"};
    return finding;
}

}  // namespace

std::vector<findings::Finding> read_growths(std::string_view leaks_json, std::uint64_t start_time) {
    const Json json = Json::parse(leaks_json, nullptr, /*allow_exceptions=*/false);
    std::vector<findings::Finding> growths;
    if (!json.is_object()) return growths;
    const Json& process = child(json, "process");
    if (!process.is_object() || value<std::uint64_t>(process, "start_time") != start_time) {
        return growths;
    }
    for (const Json& one : child(json, "findings")) {
        if (one.is_object() && value<std::string>(one, "code") == "grows-per-iteration") {
            growths.push_back(finding_of(one));
        }
    }
    return growths;
}

}  // namespace plimsoll::exporting
