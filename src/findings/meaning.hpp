#pragma once

#include <string_view>

namespace plimsoll::findings {

// What a code means in general, and how to make sure of it: docs/findings.md in two paragraphs.
struct Meaning {
    std::string_view means;
    std::string_view confirm;
};

// Empty for a code that is not known.
Meaning meaning_of(std::string_view code);

}  // namespace plimsoll::findings
