#include <algorithm>
#include <set>

#include "export/baseline_json.hpp"
#include "export/parse.hpp"
#include "export/reading.hpp"
#include "findings/codes.hpp"

namespace plimsoll::exporting {
namespace {

constexpr std::uint64_t kFormat = 1;
const char* const kWriteAgain = "write it anew: plimsoll check --write-baseline FILE -- COMMAND...";

bool is_text(const Json& object, const char* name) { return child(object, name).is_string(); }

bool is_text_or_null(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found != object.end() && (found->is_string() || found->is_null());
}

bool is_list_of_texts(const Json& object, const char* name) {
    const Json& list = child(object, name);
    return list.is_array() &&
           std::all_of(list.begin(), list.end(), [](const Json& one) { return one.is_string(); });
}

bool is_whole(const Json& one) {
    return one.is_object() && is_text(one, "code") && is_text(one, "owner") &&
           is_text_or_null(one, "program") && is_text(one, "kind") && is_text(one, "region") &&
           is_text_or_null(one, "op") && is_list_of_texts(one, "call_site") &&
           known_number(one, "count") && known_number(one, "bytes");
}

// Whole, not cut as texts of a report are: a key is compared.
std::string whole_text(const Json& object, const char* name) {
    const Json& value = child(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

gate::Accepted read_accepted(const Json& one) {
    gate::Accepted accepted;
    accepted.key = {whole_text(one, "code"),
                    whole_text(one, "owner"),
                    whole_text(one, "program"),
                    whole_text(one, "kind"),
                    whole_text(one, "region"),
                    whole_text(one, "op"),
                    child(one, "call_site").get<std::vector<std::string>>()};
    accepted.amount = {number(one, "count"), number(one, "bytes")};
    return accepted;
}

bool is_known(const std::string& code) {
    return std::find(findings::kCodes.begin(), findings::kCodes.end(), code) !=
           findings::kCodes.end();
}

}  // namespace

std::variant<gate::Baseline, NotABaseline> read_baseline(std::string_view text) {
    const auto parsed = parse(text);
    if (const auto* why = std::get_if<Unparsed>(&parsed)) {
        return NotABaseline{why->what, kWriteAgain};
    }
    const Json& json = std::get<Json>(parsed);
    const auto format = json.is_object() ? known_number(json, "baseline") : std::nullopt;
    if (!format) return NotABaseline{"is JSON, but no baseline of plimsoll check", kWriteAgain};
    if (*format != kFormat) {
        return NotABaseline{"is a baseline of format " + std::to_string(*format) +
                                "; this release knows format " + std::to_string(kFormat),
                            kWriteAgain};
    }
    const Json& list = child(json, "accepted");
    if (!list.is_array()) return NotABaseline{"has no list 'accepted'", kWriteAgain};
    gate::Baseline baseline;
    baseline.package = whole_text(json, "package");
    std::set<gate::Key> known;
    for (const Json& one : list) {
        const std::string which = "element " + std::to_string(baseline.accepted.size() + 1);
        if (!is_whole(one)) {
            return NotABaseline{which + " of its list 'accepted' lacks a field, or has a wrong one",
                                kWriteAgain};
        }
        gate::Accepted accepted = read_accepted(one);
        if (!is_known(accepted.key.code)) {
            return NotABaseline{"accepts '" + accepted.key.code +
                                    "', a code that this release of Plimsoll does not have",
                                "remove " + which + ", or " + kWriteAgain};
        }
        if (!known.insert(accepted.key).second) {
            return NotABaseline{which + " of its list 'accepted' is there twice",
                                "remove one of them, or " + std::string(kWriteAgain)};
        }
        baseline.accepted.push_back(std::move(accepted));
    }
    return baseline;
}

}  // namespace plimsoll::exporting
