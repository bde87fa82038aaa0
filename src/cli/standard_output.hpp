#pragma once

#include <string>

#include "view/page.hpp"

namespace plimsoll::cli {

// How text looks there: in colour on a terminal.
view::Style style_of_stdout();

// The exit code: 0, or that of our own failure when it cannot be written whole.
int print(const std::string& text);

}  // namespace plimsoll::cli
