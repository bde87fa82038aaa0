#pragma once

#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/python_layout.hpp"

namespace plimsoll::ttmetal {

// One Python frame of the calling thread: good while the runtime's call lasts.
struct PythonFrame {
    const char* code;  // the code object
    std::int32_t at;   // the instruction, in bytes from the code's start
};

// A hash of both and of what the code object says of itself: another code object may take this
// one's address later. Products do not wait for each other; the factors are odd and arbitrary.
template <std::size_t kLayout>
std::uint64_t identity(const PythonFrame& frame) {
    constexpr const PythonLayout& layout = kPythonLayouts[kLayout];
    const std::uint64_t first_line = at<std::uint32_t>(frame.code, layout.code_first_line);
    return reinterpret_cast<std::uintptr_t>(frame.code) * 0x9E3779B97F4A7C15u +
           (static_cast<std::uint32_t>(frame.at) | first_line << 32) * 0xBF58476D1CE4E5B9u +
           at<std::uint64_t>(frame.code, layout.code_file) * 0x94D049BB133111EBu +
           at<std::uint64_t>(frame.code, layout.code_function) * 0xD6E8FEB86659FD93u +
           at<std::uint64_t>(frame.code, layout.code_lines) * 0xFF51AFD7ED558CCDu;
}

// Walks the frames from the innermost outwards. A thread that is inside the runtime cannot change
// its own frames, so this needs neither the interpreter's lock, which most operations have given
// up by then, nor a reference. The objects' layout is that of CPython 3.10 and 3.12, the versions
// with wheels; any other, or one built differently, has no frames.
class PythonWalk {
  public:
    PythonWalk();

    // Which of kPythonLayouts next() is to be told; any when there are no frames.
    [[nodiscard]] std::size_t layout() const { return layout_; }

    // False: there are no more.
    template <std::size_t kLayout>
    bool next(PythonFrame* frame) {
        constexpr const PythonLayout& layout = kPythonLayouts[kLayout];
        while (frame_ != nullptr) {
            const char* here = frame_;
            frame_ = at<const char*>(here, layout.frame_back);
            if (only_marks_an_entry<kLayout>(here)) continue;
            const auto* code = at<const char*>(here, layout.frame_code);
            if (code == nullptr || at<const char*>(code, kObjectType) != code_type_) break;
            *frame = {code, instruction<kLayout>(here, code)};
            return true;
        }
        frame_ = nullptr;
        return false;
    }

  private:
    std::size_t layout_ = 0;
    const char* code_type_ = nullptr;
    const char* frame_ = nullptr;
};

// A frame's place in words; every text is UTF-8, cut where it does not fit.
inline constexpr std::size_t kTextLength = 512;
std::size_t file_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::size_t function_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::uint32_t line_of(const PythonFrame& frame);

}  // namespace plimsoll::ttmetal
