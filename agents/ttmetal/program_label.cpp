#include "agents/ttmetal/program_label.hpp"

#include <string.h>

namespace plimsoll::ttmetal {
namespace {

bool begins_with(const char* name, std::size_t length, const char* word) {
    const std::size_t size = strlen(word);
    return length >= size && memcmp(name, word, size) == 0;
}

}  // namespace

void ProgramLabel::add(const char* name, std::size_t length) {
    if (const void* slash = memrchr(name, '/', length)) {
        const auto* file = static_cast<const char*>(slash) + 1;
        length -= static_cast<std::size_t>(file - name);
        name = file;
    }
    if (const void* dot = memchr(name, '.', length)) {
        length = static_cast<std::size_t>(static_cast<const char*>(dot) - name);
    }
    if (length == 0 || computes_) return;
    if (!begins_with(name, length, "reader") && !begins_with(name, length, "writer")) {
        computes_ = true;
        length_ = 0;
    }
    append(name, length);
}

void ProgramLabel::append(const char* name, std::size_t length) {
    const std::size_t separator = length_ == 0 ? 0 : 1;
    if (length_ + separator + length > kMaxLength) return;
    if (separator != 0) bytes_[length_++] = '+';
    memcpy(bytes_ + length_, name, length);
    length_ += length;
}

}  // namespace plimsoll::ttmetal
