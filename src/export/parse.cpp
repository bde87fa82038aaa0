#include "export/parse.hpp"

namespace plimsoll::exporting {
namespace {

constexpr int kDeepest = 32;  // a report has 8

}  // namespace

std::variant<Json, Unparsed> parse(std::string_view text) {
    if (text.empty()) return Unparsed{"is empty"};
    bool too_deep = false;
    const auto not_too_deep = [&too_deep](int depth, Json::parse_event_t, Json&) {
        too_deep = too_deep || depth > kDeepest;
        return !too_deep;
    };
    Json json;
    try {
        json = Json::parse(text, not_too_deep);
    } catch (const Json::parse_error& error) {
        if (error.byte > text.size()) return Unparsed{"is cut: its JSON has no end", true};
        return Unparsed{"is not JSON: it goes wrong at byte " + std::to_string(error.byte)};
    } catch (const Json::exception&) {
        return Unparsed{"has a number that is too large for any"};
    }
    if (too_deep) return Unparsed{"is nested too deep"};
    return json;
}

}  // namespace plimsoll::exporting
