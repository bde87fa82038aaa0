#pragma once

#include <array>
#include <span>
#include <string_view>

#include "model/session.hpp"

namespace plimsoll::model {

// One thing that goes wrong, a program that shows it, and what Plimsoll must say of that program.
// Without the switches the same program gives no finding.
struct KnownDefect {
    const char* name;
    const char* what;      // is done wrong
    const char* upstream;  // where it was reported: issues of tt-metal unless named otherwise
    Defects switches;
    void (*program)(Session&);
    std::array<std::string_view, 2> findings{};  // codes; an empty one is none
    const char* seen = "";  // what else of a report shows it, where no finding does
    const char* machine = "n150";
    const char* release = "0.81.1";
};

// In the order in which they are shown; the first is the one the project began with.
std::span<const KnownDefect> known_defects();

// nullptr when the table has none of that name.
const KnownDefect* find_defect(std::string_view name);

}  // namespace plimsoll::model
