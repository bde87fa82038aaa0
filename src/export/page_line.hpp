#pragma once

#include <string>

#include "export/values.hpp"

namespace plimsoll::exporting {

// In one line, and without a character that could end a script of HTML or JavaScript.
std::string line_of(const Json& json);

}  // namespace plimsoll::exporting
