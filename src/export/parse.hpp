#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "export/values.hpp"

namespace plimsoll::exporting {

// Why a text is no JSON, after the name of where it came from: "is empty", "is not JSON: ...".
struct Unparsed {
    std::string what;
    bool is_cut = false;  // what is there is right, but it has no end
};

// Any text is taken. What is nested deeper than anything of ours is refused.
std::variant<Json, Unparsed> parse(std::string_view text);

}  // namespace plimsoll::exporting
