#include "agents/ttmetal/python_frames.hpp"

#include <string.h>

#include "agents/ttmetal/peek.hpp"
#include "agents/ttmetal/python_text.hpp"
#include "agents/ttmetal/symbol.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit Symbol<const char*()> get_version{"Py_GetVersion", find_in_program};
constinit Symbol<const char*()> this_thread{"PyGILState_GetThisThreadState", find_in_program};
constinit Symbol<int(const char*, int)> address_to_line{"PyCode_Addr2Line", find_in_program};
constinit Symbol<const char> code_type{"PyCode_Type", find_in_program};

// The layout of this interpreter: 0 not looked at yet, -1 none that is known, else its number + 1.
constinit std::atomic<int> known{0};

enum class Fit { yes, no, nothing_to_see };

// Whether the innermost frame of this thread is where the layout says, looked at without trust.
Fit fits(const PythonLayout& layout, const char* thread) {
    const char* frame = nullptr;
    const char* code = nullptr;
    const char* type = nullptr;
    if (!peek(thread + layout.thread_frame, &frame, sizeof frame)) return Fit::no;
    if (frame == nullptr) return Fit::nothing_to_see;
    if (layout.thread_frame_is_indirect && !peek(frame, &frame, sizeof frame)) return Fit::no;
    if (frame == nullptr) return Fit::nothing_to_see;
    return peek(frame + layout.frame_code, &code, sizeof code) &&
                   peek(code + kObjectType, &type, sizeof type) && type == code_type.get()
               ? Fit::yes
               : Fit::no;
}

[[gnu::cold, gnu::noinline]] int recognise(const char* thread) {
    int number = -1;
    for (int i = 0; get_version && address_to_line && code_type && i < kPythonVersions; ++i) {
        const PythonLayout& layout = kPythonLayouts[i];
        if (strncmp(get_version(), layout.version, strlen(layout.version)) != 0) continue;
        const Fit fit = fits(layout, thread);
        if (fit == Fit::nothing_to_see) return 0;
        if (fit == Fit::yes) number = i + 1;
    }
    known.store(number, std::memory_order_relaxed);
    return number;
}

std::size_t text_of(const PythonFrame& frame, std::size_t field, char (&text)[kTextLength]) {
    const auto* string = at<const char*>(frame.code, field);
    return string == nullptr ? 0 : write_utf8(python_layout(), string, text, kTextLength);
}

}  // namespace

const PythonLayout& python_layout() {
    return kPythonLayouts[known.load(std::memory_order_relaxed) - 1];
}

PythonThread python_thread() {
    auto* const find_state = this_thread.get();
    const char* state = find_state == nullptr ? nullptr : find_state();
    if (state == nullptr) return {};
    int number = known.load(std::memory_order_relaxed);
    if (__builtin_expect(number == 0, 0)) number = recognise(state);
    if (number <= 0) return {};
    return {state, code_type.get(), static_cast<std::size_t>(number - 1)};
}

std::uintptr_t address_in_interpreter() {
    return reinterpret_cast<std::uintptr_t>(address_to_line.get());
}

const char* why_no_frames() {
    if (!this_thread) return "there is no Python in this process";
    if (python_thread().state != nullptr) return nullptr;
    for (const PythonLayout& layout : kPythonLayouts) {
        if (strncmp(get_version(), layout.version, strlen(layout.version)) == 0) {
            return "this build of Python keeps its frames otherwise than the ordinary one";
        }
    }
    return "lines are known of Python 3.10 and 3.12 only";
}

std::size_t file_of(const PythonFrame& frame, char (&text)[kTextLength]) {
    return text_of(frame, python_layout().code_file, text);
}

std::size_t function_of(const PythonFrame& frame, char (&text)[kTextLength]) {
    return text_of(frame, python_layout().code_function, text);
}

std::uint32_t line_of(const PythonFrame& frame) {
    const int line = address_to_line(frame.code, frame.at * python_layout().instruction_bytes);
    return line < 0 ? 0 : static_cast<std::uint32_t>(line);
}

}  // namespace plimsoll::ttmetal
