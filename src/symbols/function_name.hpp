#pragma once

#include <string>
#include <string_view>

namespace plimsoll::symbols {

// A function's name as a person reads it, from a linker's: demangled, without what it takes and
// gives back, long template arguments left out; at most 80 bytes. What is not mangled stays.
std::string function_name(const char* linkers);

// The second half of it: "int a::f<b>(int) const" becomes "a::f<b>".
std::string short_name(std::string_view demangled);

}  // namespace plimsoll::symbols
