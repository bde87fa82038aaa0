#include "agents/ttmetal/buffer_layout.hpp"

namespace plimsoll::ttmetal {
namespace {

// What each function's code is, to 0.78 and from 0.80: two digits stand for a byte of x86-64's, two
// letters for any offset, known by that letter from then on and the same in every place.
struct Patterns {
    const char* address;
    const char* num_pages;
    const char* is_dram;
    const char* num_cores;
    const char* device;  // none: the function is not there
};
constexpr Patterns kInBuffer{
    "80 7f ss 00 74 04 8b 47 vv c3",
    "48 8b 4f gg 48 85 c9 74 16 48 8b 47 zz 48 89 c2 48 09 ca 48 c1 ea 20 74 09 31 d2 48 f7 f1 c3",
    "f7 47 tt fb ff ff ff 0f 94 c0 c3",
    "53 8b 47 ll 83 c0 fe 83 f8 nn 77",
    nullptr,
};
constexpr Patterns kBehindPointer{
    "48 8b 47 ii 80 78 ss 00 74 04 8b 40 vv c3",
    "48 8b 47 ii 48 8b 48 gg 48 85 c9 74 16 48 8b 40 zz 48 89 c2 48 09 ca 48 c1 ea 20 74 09 31 d2 "
    "48 f7 f1 c3",
    "48 8b 47 ii f7 40 tt fb ff ff ff 0f 94 c0 c3",
    "53 48 8b 7f ii 8b 47 ll 83 c0 fe 83 f8 nn 77",
    "48 8b 47 ii 48 8b 00 c3",
};

class Offsets {
  public:
    Offsets() {
        for (int& offset : by_letter_) offset = kNone;
    }

    bool match(const unsigned char* code, const char* pattern) {
        if (pattern == nullptr) return code == nullptr;
        if (code == nullptr) return false;
        for (; *pattern != '\0'; ++code, pattern += pattern[2] == ' ' ? 3 : 2) {
            if (is_letter(*pattern) ? !agree(*pattern, *code) : byte_of(pattern) != *code) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] std::uint8_t operator[](char letter) const {
        return static_cast<std::uint8_t>(by_letter_[letter - 'g']);
    }

  private:
    static constexpr int kNone = -1;
    static constexpr unsigned char kMost = 0x7f;  // beyond it they are negative

    static bool is_letter(char c) { return c >= 'g'; }
    static int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }
    static int byte_of(const char* digits) { return digit(digits[0]) * 16 + digit(digits[1]); }

    bool agree(char letter, unsigned char byte) {
        int& offset = by_letter_[letter - 'g'];
        if (offset == kNone) offset = byte;
        return offset == byte && byte <= kMost;
    }

    int by_letter_['z' - 'g' + 1];
};

bool match(const BufferCode& code, const Patterns& patterns, Offsets* found) {
    return found->match(code.address, patterns.address) &&
           found->match(code.num_pages, patterns.num_pages) &&
           found->match(code.is_dram, patterns.is_dram) &&
           found->match(code.num_cores, patterns.num_cores) &&
           found->match(code.device, patterns.device);
}

}  // namespace

bool read_layout(const BufferCode& code, BufferLayout* layout) {
    Offsets in_buffer;
    Offsets behind;
    const bool is_direct = match(code, kInBuffer, &in_buffer);
    if (!is_direct && !match(code, kBehindPointer, &behind)) return false;
    const Offsets& found = is_direct ? in_buffer : behind;
    *layout = {};
    layout->is_indirect = !is_direct;
    layout->fields = is_direct ? 0 : found['i'];
    layout->address = found['v'];
    layout->bytes = found['z'];
    layout->bytes_of_page = found['g'];
    layout->type = found['t'];
    layout->device = is_direct ? kDeviceInBuffer : 0;
    layout->arrangement = found['l'];
    layout->other_shardings = found['n'];
    return true;
}

}  // namespace plimsoll::ttmetal
