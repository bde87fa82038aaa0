#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace plimsoll::ttmetal {

// Addresses in files as a text, a line per file: "/path/lib.so+0x12+0x34\n/path/program+0x56".
// What does not fit is left out, from the outermost on.
class StackText {
  public:
    void add(const char* path, std::uintptr_t offset) {
        const std::size_t before = size_;
        const bool begins_line = last_ == nullptr || std::strcmp(path, last_) != 0;
        if (begins_line && ((size_ > 0 && !put("\n", 1)) || !put(path, std::strlen(path)))) {
            return leave_out(before);
        }
        if (!put_number(offset)) return leave_out(before);
        last_ = path;
    }

    [[nodiscard]] bool is_empty() const { return size_ == 0; }
    [[nodiscard]] const char* bytes() const { return bytes_; }
    [[nodiscard]] std::size_t size() const { return size_; }

  private:
    void leave_out(std::size_t before) {
        size_ = before;
        is_full_ = true;
    }

    bool put(const char* text, std::size_t length) {
        if (is_full_ || length > sizeof bytes_ - size_) return false;
        std::memcpy(bytes_ + size_, text, length);
        size_ += length;
        return true;
    }

    bool put_number(std::uintptr_t number) {
        char digits[3 + 2 * sizeof number] = {'+', '0', 'x'};
        std::size_t length = 3;
        int shift = 8 * sizeof number - 4;
        while (shift > 0 && (number >> shift) == 0) shift -= 4;
        for (; shift >= 0; shift -= 4)
            digits[length++] = "0123456789abcdef"[(number >> shift) & 15];
        return put(digits, length);
    }

    const char* last_ = nullptr;  // the path of the line that is being written
    std::size_t size_ = 0;
    bool is_full_ = false;
    char bytes_[2048];
};

}  // namespace plimsoll::ttmetal
