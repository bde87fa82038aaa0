#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/python_layout.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {

// One Python frame of the calling thread: good while the runtime's call lasts.
struct PythonFrame {
    const char* code;  // the code object
    std::int32_t at;   // the instruction, as this version counts them
    const char* locals;
};

// Continues a hash with a frame: with both and with what the code object says of itself, as another
// code object may take this one's address later. Pointers are 48 bits wide: turned against each
// other, what differs between them comes to lie in different places. Spread over the whole word
// only by the next multiplication.
template <std::size_t kLayout>
std::uint64_t mix_frame(std::uint64_t hash, const PythonFrame& frame) {
    constexpr const PythonLayout& layout = kPythonLayouts[kLayout];
    const auto place = static_cast<std::uint32_t>(frame.at) |
                       std::uint64_t{at<std::uint32_t>(frame.code, layout.code_first_line)} << 32;
    const std::uint64_t names = at<std::uint64_t>(frame.code, layout.code_file) ^
                                std::rotl(at<std::uint64_t>(frame.code, layout.code_function), 21) ^
                                std::rotl(at<std::uint64_t>(frame.code, layout.code_lines), 42);
    return (hash ^ reinterpret_cast<std::uintptr_t>(frame.code) ^ place) * kMixer ^ names;
}

// The calling thread as the interpreter knows it.
struct PythonThread {
    const char* state;      // null: not a thread of Python's, or of no version that is known
    const char* code_type;  // of every code object
    std::size_t layout;     // which of kPythonLayouts
};
PythonThread python_thread();

// Of this interpreter, once a thread of it was found.
const PythonLayout& python_layout();

// Somewhere in the interpreter's code; 0: there is none.
std::uintptr_t address_in_interpreter();

// Why the calling thread's frames cannot be read, for a person; null: they can.
const char* why_no_frames();

// Walks the frames from the innermost outwards. A thread that is inside the runtime cannot change
// its own frames, so this needs neither the interpreter's lock, which most operations have given
// up by then, nor a reference. The objects' layout is that of CPython 3.10 and 3.12, the versions
// with wheels; any other, or one built differently, has no frames.
template <std::size_t kLayout>
class PythonWalk {
  public:
    explicit PythonWalk(const PythonThread& thread)
        : code_type_(thread.code_type), frame_(at<const char*>(thread.state, kThere.thread_frame)) {
        if (kThere.thread_frame_is_indirect && frame_ != nullptr) {
            frame_ = at<const char*>(frame_, 0);
        }
    }

    // False: there are no more.
    bool next(PythonFrame* frame) {
        while (frame_ != nullptr) {
            const char* here = frame_;
            frame_ = at<const char*>(here, kThere.frame_back);
            if (only_marks_an_entry<kLayout>(here)) continue;
            const auto* code = at<const char*>(here, kThere.frame_code);
            if (__builtin_expect(code == nullptr, 0)) break;
            if (__builtin_expect(at<const char*>(code, kObjectType) != code_type_, 0)) break;
            *frame = {code, instruction<kLayout>(here, code), here + kThere.frame_locals};
            return true;
        }
        frame_ = nullptr;
        return false;
    }

  private:
    static constexpr const PythonLayout& kThere = kPythonLayouts[kLayout];

    const char* code_type_;
    const char* frame_;
};

// A frame's place in words; every text is UTF-8, cut where it does not fit.
inline constexpr std::size_t kTextLength = 512;
std::size_t file_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::size_t function_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::uint32_t line_of(const PythonFrame& frame);

}  // namespace plimsoll::ttmetal
