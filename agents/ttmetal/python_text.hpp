#pragma once

#include <cstddef>

#include "agents/ttmetal/python_layout.hpp"

namespace plimsoll::ttmetal {

// Writes a Python string as UTF-8, at most `room` bytes and no half character. Returns how many;
// 0 for a string in one of the old forms, whose characters lie elsewhere.
std::size_t write_utf8(const PythonLayout& layout, const char* string, char* to, std::size_t room);

// Whether all its characters are ASCII, one byte each, right behind its head.
bool is_ascii(const char* string);

}  // namespace plimsoll::ttmetal
