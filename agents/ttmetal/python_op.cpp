#include "agents/ttmetal/python_op.hpp"

#include <string.h>

#include <atomic>

#include "agents/ttmetal/peek.hpp"
#include "agents/ttmetal/python_text.hpp"
#include "agents/ttmetal/symbol.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit Symbol<const char> dict_type{"PyDict_Type", find_in_program};
constinit Symbol<const char> text_type{"PyUnicode_Type", find_in_program};

constexpr char kFile[] = "-packages/ttnn/decorators.py";
constexpr char kFunction[] = "__call__";
constexpr char kNames[] = "ttnn.";

constinit std::atomic<const char*> calls[2];

// Null where there is nothing to read.
const char* word(const char* object, std::ptrdiff_t offset) {
    const char* value = nullptr;
    return object != nullptr && peek(object + offset, &value, sizeof value) ? value : nullptr;
}

bool is_a(const char* object, const Symbol<const char>& type) {
    return type && word(object, kObjectType) == type.get();
}

// The first value of a dictionary that keeps keys of its own.
const char* first_entry(const PythonLayout& there, const char* keys) {
    std::uint64_t size = 0;
    std::uint8_t form[3] = {};
    if (keys == nullptr) return nullptr;
    if (there.keys_of_log2_sizes) {
        if (!peek(keys + 8, form, sizeof form)) return nullptr;
        constexpr std::uint8_t kOnlyText = 1;  // entries without a hash
        if (form[1] > 32) return nullptr;
        const std::ptrdiff_t entries = there.keys_indices + (std::ptrdiff_t{1} << form[1]);
        return word(keys, entries + (form[2] == kOnlyText ? 8 : 16));
    }
    if (!peek(keys + 8, &size, sizeof size) || size > 0xffff) return nullptr;
    const std::uint64_t indices = size <= 0xff ? size : size * 2;
    return word(keys, there.keys_indices + static_cast<std::ptrdiff_t>(indices) + 16);
}

const char* first_of_dict(const PythonLayout& there, const char* dict) {
    constexpr std::ptrdiff_t kKeys = 32;
    constexpr std::ptrdiff_t kValues = 40;  // of a dictionary that shares its keys with others
    if (!is_a(dict, dict_type)) return nullptr;
    const char* values = word(dict, kValues);
    return values != nullptr ? word(values, 0) : first_entry(there, word(dict, kKeys));
}

const char* first_attribute(const PythonLayout& there, const char* object) {
    const char* dict = word(object, there.object_dict);
    // 3.12: an odd address is that of the values themselves, less one.
    if ((reinterpret_cast<std::uintptr_t>(dict) & 1) != 0) return word(dict + 1, 0);
    return first_of_dict(there, dict);
}

}  // namespace

CallsOfOps calls_of_ops() {
    return {calls[0].load(std::memory_order_relaxed), calls[1].load(std::memory_order_relaxed)};
}

void learn_call_of_op(const PythonFrame& frame, const char* file, std::size_t length) {
    constexpr std::size_t kLength = sizeof kFile - 1;
    if (length < kLength || memcmp(file + length - kLength, kFile, kLength) != 0) return;
    char name[kTextLength];
    const std::size_t size = function_of(frame, name);
    if (size != sizeof kFunction - 1 || memcmp(name, kFunction, size) != 0) return;
    for (std::atomic<const char*>& call : calls) {
        const char* known = nullptr;
        if (call.compare_exchange_strong(known, frame.code) || known == frame.code) return;
    }
}

std::size_t op_of(const PythonFrame& frame, char (&text)[kTextLength]) {
    const PythonLayout& there = python_layout();
    const char* name = first_attribute(there, word(frame.locals, 0));
    if (!is_a(name, text_type)) return 0;
    char object[kTextLength];
    if (!peek(name, object, there.text_header)) return 0;
    // Names are ASCII; any other text is no name.
    const auto characters = at<std::size_t>(object, kTextLengthAt);
    if (characters > sizeof object - there.text_header) return 0;
    if (!is_ascii(object) || !peek(name, object, there.text_header + characters)) return 0;
    const std::size_t length = write_utf8(there, object, text, kTextLength);
    constexpr std::size_t kPrefix = sizeof kNames - 1;
    return length > kPrefix && memcmp(text, kNames, kPrefix) == 0 ? length : 0;
}

}  // namespace plimsoll::ttmetal
