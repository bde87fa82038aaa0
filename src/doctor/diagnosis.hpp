#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "doctor/description.hpp"

namespace plimsoll::doctor {

enum class State : std::uint8_t { ok, limited, missing };

constexpr const char* name(State state) {
    constexpr const char* names[] = {"ok", "limited", "missing"};
    return names[static_cast<std::size_t>(state)];
}

struct Check {
    const char* what;
    State state;
    std::string detail;
    std::string to_do{};  // empty: nothing
};

struct Diagnosis {
    std::vector<std::string> command;
    std::vector<Check> checks;  // in the order in which one needs the other
    Description seen;           // by the agent; empty when it could not be asked

    // A run would see all that the release shows.
    [[nodiscard]] bool ready() const {
        return std::all_of(checks.begin(), checks.end(),
                           [](const Check& check) { return check.state == State::ok; });
    }
};

}  // namespace plimsoll::doctor
