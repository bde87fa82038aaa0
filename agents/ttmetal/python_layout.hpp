#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace plimsoll::ttmetal {

// Offsets in bytes into the objects of one version of CPython (64 bits, ordinary build).
struct PythonLayout {
    const char* version;  // what Py_GetVersion() begins with
    std::size_t thread_frame;
    bool thread_frame_is_indirect;  // the thread points to a word that points to the frame
    std::size_t frame_back;
    std::size_t frame_code;
    std::size_t frame_locals;  // the first local variable
    int instruction_bytes;     // of what instruction() counts
    std::size_t code_first_line;
    std::size_t code_file;
    std::size_t code_function;
    std::size_t code_lines;
    std::size_t text_header;          // of a compact ASCII string, before its bytes
    std::size_t text_header_unicode;  // of any other compact string
    std::ptrdiff_t object_dict;       // from an ordinary object to its attributes
    std::ptrdiff_t keys_indices;      // of a dictionary
    bool keys_of_log2_sizes;          // and whether they say their sizes as powers of two
};

inline constexpr PythonLayout kPythonLayouts[] = {
    {"3.10.", 24, false, 24, 32, 352, 2, 40, 104, 112, 120, 48, 72, 16, 40, false},
    {"3.12.", 56, true, 8, 0, 72, 1, 68, 112, 120, 136, 40, 56, -24, 32, true},
};
inline constexpr int kPythonVersions = 2;
inline constexpr std::size_t kLayout3_10 = 0;
inline constexpr std::size_t kLayout3_12 = 1;

// Where every version keeps an object's type and the head of a string.
inline constexpr std::size_t kObjectType = 8;
inline constexpr std::size_t kTextLengthAt = 16;
inline constexpr std::size_t kTextState = 32;

// 3.10: the index of the instruction.
inline constexpr std::size_t kFrameInstruction3_10 = 96;
// 3.12: the address of the instruction, and of the code's first; a frame that only marks an entry
// from C has this owner.
inline constexpr std::size_t kFrameInstruction3_12 = 56;
inline constexpr std::size_t kCodeBytes3_12 = 192;
inline constexpr std::size_t kFrameOwner3_12 = 70;
inline constexpr std::uint8_t kOwnedByC = 3;

template <class T>
T at(const char* object, std::size_t offset) {
    T value;
    std::memcpy(&value, object + offset, sizeof value);
    return value;
}

// Where a frame is in its code.
template <std::size_t kLayout>
std::int32_t instruction(const char* frame, const char* code) {
    if (kLayout == kLayout3_10) return at<std::int32_t>(frame, kFrameInstruction3_10);
    return static_cast<std::int32_t>(at<const char*>(frame, kFrameInstruction3_12) -
                                     (code + kCodeBytes3_12));
}

template <std::size_t kLayout>
bool only_marks_an_entry(const char* frame) {
    return kLayout == kLayout3_12 && at<std::uint8_t>(frame, kFrameOwner3_12) == kOwnedByC;
}

}  // namespace plimsoll::ttmetal
