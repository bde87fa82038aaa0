#pragma once

#include <cstddef>
#include <cstdint>

namespace plimsoll::ttmetal {

// One Python frame of the calling thread: good while the runtime's call lasts.
struct PythonFrame {
    const char* code;        // the code object
    std::int32_t at;         // the instruction, in bytes from the code's start
    std::uint64_t identity;  // a hash of both and of what the code object says of itself: another
                             // code object may take this one's address later
};

// Walks the frames from the innermost outwards. A thread that is inside the runtime cannot change
// its own frames, so this needs neither the interpreter's lock, which most operations have given
// up by then, nor a reference. The objects' layout is that of CPython 3.10 and 3.12, the versions
// with wheels; any other, or one built differently, has no frames.
class PythonWalk {
  public:
    PythonWalk();

    // False: there are no more.
    bool next(PythonFrame* frame);

  private:
    const char* frame_ = nullptr;
};

// A frame's place in words; every text is UTF-8, cut where it does not fit.
inline constexpr std::size_t kTextLength = 512;
std::size_t file_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::size_t function_of(const PythonFrame& frame, char (&text)[kTextLength]);
std::uint32_t line_of(const PythonFrame& frame);

}  // namespace plimsoll::ttmetal
