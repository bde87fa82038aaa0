#include "agents/ttmetal/python_text.hpp"

namespace plimsoll::ttmetal {
namespace {

// The word `state` of a string: how wide its characters are, and where they are.
constexpr std::uint32_t kWidthShift = 2;
constexpr std::uint32_t kWidthMask = 7;
constexpr std::uint32_t kCompact = 1u << 5;
constexpr std::uint32_t kAscii = 1u << 6;

std::uint32_t character(const char* characters, std::size_t index, std::uint32_t width) {
    switch (width) {
        case 1:
            return at<std::uint8_t>(characters, index);
        case 2:
            return at<std::uint16_t>(characters, index * 2);
        default:
            return at<std::uint32_t>(characters, index * 4);
    }
}

std::size_t utf8(std::uint32_t c, char (&bytes)[4]) {
    const auto tail = [c](unsigned shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
    if (c < 0x80) {
        bytes[0] = static_cast<char>(c);
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = static_cast<char>(0xc0 | c >> 6);
        bytes[1] = tail(0);
        return 2;
    }
    if (c < 0x10000) {
        bytes[0] = static_cast<char>(0xe0 | c >> 12);
        bytes[1] = tail(6);
        bytes[2] = tail(0);
        return 3;
    }
    bytes[0] = static_cast<char>(0xf0 | (c >> 18 & 7));
    bytes[1] = tail(12);
    bytes[2] = tail(6);
    bytes[3] = tail(0);
    return 4;
}

}  // namespace

bool is_ascii(const char* string) {
    const auto state = at<std::uint32_t>(string, kTextState);
    return (state & kCompact) != 0 && (state & kAscii) != 0;
}

std::size_t write_utf8(const PythonLayout& layout, const char* string, char* to, std::size_t room) {
    const auto state = at<std::uint32_t>(string, kTextState);
    const std::uint32_t width = state >> kWidthShift & kWidthMask;
    if ((state & kCompact) == 0 || (width != 1 && width != 2 && width != 4)) return 0;
    const char* characters =
        string + (is_ascii(string) ? layout.text_header : layout.text_header_unicode);
    const auto length = at<std::size_t>(string, kTextLengthAt);
    std::size_t written = 0;
    for (std::size_t i = 0; i < length; ++i) {
        char bytes[4];
        const std::size_t size = utf8(character(characters, i, width), bytes);
        if (size > room - written) break;
        std::memcpy(to + written, bytes, size);
        written += size;
    }
    return written;
}

}  // namespace plimsoll::ttmetal
