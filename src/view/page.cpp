#include "view/page.hpp"

#include <algorithm>

#include "view/text.hpp"

namespace plimsoll::view {
namespace {

std::string_view escape(Look look) {
    switch (look) {
        case Look::strong:
            return "\x1b[1m";
        case Look::faint:
            return "\x1b[2m";
        case Look::error:
            return "\x1b[1;31m";
        case Look::warning:
            return "\x1b[1;33m";
        case Look::info:
            return "\x1b[1;36m";
        case Look::plain:
            break;
    }
    return "";
}

std::string_view without_trailing_spaces(std::string_view text) {
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

void Page::put(std::string_view text, Look look) {
    if (style_.colour == Colour::off || look == Look::plain || text.empty()) {
        text_ += text;
        return;
    }
    text_ += escape(look);
    text_ += text;
    text_ += "\x1b[0m";
}

void Page::line(std::string_view text, Look look) { line(text, look, ""); }

void Page::line(std::string_view head, Look look, std::string_view rest) {
    const std::string first = cut(printable(head), kColumns);
    const std::string second = cut(printable(rest), kColumns - display_width(first));
    put(second.empty() ? without_trailing_spaces(first) : first, look);
    put(without_trailing_spaces(second), Look::plain);
    text_ += '\n';
}

void Page::paragraph(std::string_view text, std::size_t indent, Look look) {
    const std::string clean = printable(text);
    std::string_view rest = clean;
    const std::string first = wrap(rest, kColumns).front();
    line(first, look);
    rest.remove_prefix(first.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    if (rest.empty()) return;
    for (const std::string& more : wrap(rest, kColumns - indent)) {
        line(std::string(indent, ' ') + more, look);
    }
}

void Page::blank() {
    if (text_.size() >= 2 && text_.substr(text_.size() - 2) == "\n\n") return;
    text_ += '\n';
}

}  // namespace plimsoll::view
