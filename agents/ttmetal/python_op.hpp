#pragma once

#include <cstddef>

#include "agents/ttmetal/python_frames.hpp"

namespace plimsoll::ttmetal {

// The function of ttnn that a program called by name, such as ttnn.add. All of them are objects of
// two classes whose __call__ is a frame between the program's and the runtime; the object is the
// frame's first local variable, and its name is the first attribute that it was given.

// The code of __call__ of each class, or null: it is learned from the first frame of it that
// learn_call_of_op() is shown.
struct CallsOfOps {
    const char* code[2];

    // Whether a frame is such a call; the answer may become yes later.
    [[nodiscard]] bool has(const PythonFrame& frame) const {
        return frame.code == code[0] || frame.code == code[1];
    }
};
CallsOfOps calls_of_ops();
void learn_call_of_op(const PythonFrame& frame, const char* file, std::size_t length);

// Writes the name, as UTF-8; returns how many bytes, 0 when it is not where it should be. Reads
// the interpreter's objects without trust: a system call or some, so not for an ordinary event.
std::size_t op_of(const PythonFrame& frame, char (&text)[kTextLength]);

}  // namespace plimsoll::ttmetal
