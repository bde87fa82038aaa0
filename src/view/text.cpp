#include "view/text.hpp"

#include <algorithm>
#include <array>

#include "view/utf8.hpp"

namespace plimsoll::view {
namespace {

struct Range {
    char32_t first, last;
};

template <std::size_t N>
bool in(const std::array<Range, N>& ranges, char32_t value) {
    return std::any_of(ranges.begin(), ranges.end(), [value](const Range& range) {
        return value >= range.first && value <= range.last;
    });
}

// C0, DEL and C1; zero-width and direction marks; line separators; byte order mark; tags.
constexpr std::array<Range, 8> kUnprintable = {{{0x00, 0x1F},
                                                {0x7F, 0x9F},
                                                {0xAD, 0xAD},
                                                {0x200B, 0x200F},
                                                {0x2028, 0x202E},
                                                {0x2060, 0x206F},
                                                {0xFEFF, 0xFEFF},
                                                {0xE0000, 0xE0FFF}}};
constexpr std::array<Range, 4> kCombining = {
    {{0x300, 0x36F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}}};
constexpr std::array<Range, 9> kWide = {{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0x1F300, 0x1FAFF},
                                         {0x20000, 0x3FFFD}}};

std::size_t width(const CodePoint& point) {
    if (in(kCombining, point.value)) return 0;
    return in(kWide, point.value) ? 2 : 1;
}

// Bytes of the longest beginning of at most `columns`.
std::size_t bytes_within(std::string_view text, std::size_t columns) {
    std::size_t at = 0;
    while (at < text.size()) {
        const CodePoint point = decode(text.substr(at));
        if (width(point) > columns) break;
        columns -= width(point);
        at += point.length;
    }
    return at;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string result;
    while (!text.empty()) {
        const CodePoint point = decode(text);
        if (point.valid && !in(kUnprintable, point.value)) {
            result += text.substr(0, point.length);
        } else {
            result += '?';
        }
        text.remove_prefix(point.length);
    }
    return result;
}

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const CodePoint point = decode(text);
        columns += width(point);
        text.remove_prefix(point.length);
    }
    return columns;
}

std::string cut(std::string_view text, std::size_t columns) {
    constexpr std::string_view kMissing = "...";
    if (display_width(text) <= columns) return std::string(text);
    if (columns <= kMissing.size()) return std::string(text.substr(0, bytes_within(text, columns)));
    const std::size_t kept = bytes_within(text, columns - kMissing.size());
    return std::string(text.substr(0, kept)).append(kMissing);
}

std::string pad_right(std::string_view text, std::size_t columns) {
    const std::size_t taken = display_width(text);
    return std::string(text).append(columns > taken ? columns - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
    const std::size_t taken = display_width(text);
    return std::string(columns > taken ? columns - taken : 0, ' ').append(text);
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
    std::vector<std::string> lines;
    while (display_width(text) > columns) {
        std::size_t end = std::max<std::size_t>(bytes_within(text, columns), 1);
        const std::size_t indent = std::min(text.find_first_not_of(' '), text.size());
        const std::size_t space = text.rfind(' ', end);
        std::size_t next = end;
        if (space != std::string_view::npos && space > indent) {
            end = text.find_last_not_of(' ', space) + 1;
            next = text.find_first_not_of(' ', space);
        }
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(next, text.size()));
    }
    if (!text.empty() || lines.empty()) lines.emplace_back(text);
    return lines;
}

}  // namespace plimsoll::view
