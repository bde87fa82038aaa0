#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plimsoll::view {

struct CodePoint {
    char32_t value = 0;
    std::size_t length = 1;  // bytes it was decoded from
    bool valid = true;       // false: one byte that is not part of UTF-8
};

// The first character of a text that is not empty. Overlong forms and surrogates are not valid.
inline CodePoint decode(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return {0, 1, false};
    constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    char32_t value = lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {0, 1, false};
        value = (value << 6U) | (byte(i) & 0x3FU);
    }
    const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < kSmallest[length] || value > 0x10FFFF || surrogate) return {0, 1, false};
    return {value, length, true};
}

}  // namespace plimsoll::view
