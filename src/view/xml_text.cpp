#include "view/xml_text.hpp"

#include "view/text.hpp"

namespace plimsoll::view {

std::string xml_text(std::string_view text) {
    std::string result;
    for (const char letter : printable(text)) {
        switch (letter) {
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '&':
                result += "&amp;";
                break;
            case '"':
                result += "&quot;";
                break;
            default:
                result += letter;
        }
    }
    return result;
}

}  // namespace plimsoll::view
