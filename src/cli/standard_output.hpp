#pragma once

#include <string>

#include "view/page.hpp"

namespace plimsoll::cli {

// How text looks there: in colour on a terminal, unless NO_COLOR is set (no-color.org).
view::Colour colour_on(int fd);
view::Style style_of_stdout();

// Puts the next text where this one began; an empty line where there is no screen to clear.
std::string before_the_next();

// The exit code: 0, or that of our own failure when it cannot be written whole.
int print(const std::string& text);

}  // namespace plimsoll::cli
