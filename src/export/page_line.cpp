#include "export/page_line.hpp"

#include <string_view>

namespace plimsoll::exporting {
namespace {

// Inside strings only, where JSON may write any character as its number.
std::string harmless(const std::string& json) {
    std::string text;
    text.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
        constexpr std::string_view kLineSeparator = "\u2028", kParagraphSeparator = "\u2029";
        const std::string_view next = std::string_view(json).substr(i, kLineSeparator.size());
        if (next == kLineSeparator || next == kParagraphSeparator) {
            text += next == kLineSeparator ? "\\u2028" : "\\u2029";
            i += kLineSeparator.size() - 1;
        } else if (json[i] == '<') {
            text += "\\u003c";
        } else if (json[i] == '>') {
            text += "\\u003e";
        } else if (json[i] == '&') {
            text += "\\u0026";
        } else {
            text += json[i];
        }
    }
    return text;
}

}  // namespace

std::string line_of(const Json& json) {
    return harmless(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace plimsoll::exporting
