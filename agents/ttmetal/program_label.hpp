#pragma once

#include <cstddef>

namespace plimsoll::ttmetal {

// What a person calls a program: the name of the kernel that computes, which is the first one that
// is no reader or writer; the readers and writers themselves ("reader_x+writer_y") where nothing
// computes.
class ProgramLabel {
  public:
    static constexpr std::size_t kMaxKernels = 16;
    static constexpr std::size_t kMaxLength = 160;

    // A kernel's name, or the path of its source.
    void add(const char* name, std::size_t length);

    [[nodiscard]] const char* bytes() const { return bytes_; }
    [[nodiscard]] std::size_t length() const { return length_; }

  private:
    void append(const char* name, std::size_t length);

    char bytes_[kMaxLength] = {};
    std::size_t length_ = 0;
    bool computes_ = false;
};

}  // namespace plimsoll::ttmetal
