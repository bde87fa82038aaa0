#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// Text as a terminal shows it. Strings of a watched process are any bytes: `printable` comes
// before everything that measures or prints.
namespace plimsoll::view {

// Control characters, characters that reorder or hide text, and bytes that are not UTF-8 become
// '?', so that nothing a process is called can move the cursor.
std::string printable(std::string_view text);

// Columns the (printable) text takes: 2 for wide characters, 0 for combining ones.
std::size_t display_width(std::string_view text);

// The longest beginning that fits in `columns`, ending in "..." when something is missing.
std::string cut(std::string_view text, std::size_t columns);

std::string pad_right(std::string_view text, std::size_t columns);  // text stands left
std::string pad_left(std::string_view text, std::size_t columns);   // text stands right

// Lines of at most `columns`, broken at spaces where possible; leading spaces of the text are kept
// on its first line. Never empty.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace plimsoll::view
