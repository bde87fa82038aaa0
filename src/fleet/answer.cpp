#include "fleet/answer.hpp"

#include <cstdlib>

#include "export/parse.hpp"

namespace plimsoll::fleet {
namespace {

using exporting::Json;

const Json& member(const Json& json, const char* name) {
    static const Json kNothing;
    const auto at = json.find(name);
    return at == json.end() ? kNothing : *at;
}

std::string text(const Json& json) { return json.is_string() ? json.get<std::string>() : ""; }

// {"metric": {"label": "value"}, "value": [time, "number"]}
bool read_row(const Json& json, Row& row) {
    const Json& value = member(json, "value");
    if (!value.is_array() || value.size() != 2 || !value[1].is_string()) return false;
    row.value = std::strtod(value[1].get_ref<const std::string&>().c_str(), nullptr);
    const Json& metric = member(json, "metric");
    if (!metric.is_object()) return false;
    for (const auto& [name, label] : metric.items()) row.labels[name] = text(label);
    return true;
}

}  // namespace

const std::string& Row::label(const std::string& name) const {
    static const std::string kNone;
    const auto at = labels.find(name);
    return at == labels.end() ? kNone : at->second;
}

std::variant<Rows, Refused> read_answer(std::string_view text_of_answer) {
    const Refused stranger{"its answer is none of Prometheus' API"};
    const auto parsed = exporting::parse(text_of_answer);
    const Json* json = std::get_if<Json>(&parsed);
    if (json == nullptr || !json->is_object()) return stranger;
    const std::string error = text(member(*json, "error"));
    if (!error.empty()) return Refused{"it says: " + error};
    const Json& result = member(member(*json, "data"), "result");
    if (text(member(*json, "status")) != "success" || !result.is_array()) return stranger;
    Rows rows;
    for (const Json& one : result) {
        if (!read_row(one, rows.emplace_back())) return stranger;
    }
    return rows;
}

std::string url_of_query(const std::string& url, std::string_view query) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string whole = url.substr(0, url.find_last_not_of('/') + 1) + "/api/v1/query?query=";
    for (const char c : query) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
        if (plain) {
            whole += c;
        } else {
            ((whole += '%') += kDigits[byte >> 4U]) += kDigits[byte & 0xFU];
        }
    }
    return whole;
}

}  // namespace plimsoll::fleet
