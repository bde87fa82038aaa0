#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "gate/baseline.hpp"

namespace plimsoll::exporting {

// A file to be kept beside the sources and read in a diff: an element for each place.
std::string baseline_json(const gate::Baseline& baseline);

// Why a text is no baseline: in the words of a message, what is there and what to do.
struct NotABaseline {
    std::string what;
    std::string todo;
};

// Trust: any text is taken. Unlike a report, a baseline with a field that makes no sense, or with
// the code of a finding that there is not, is refused: nothing may be accepted by mistake.
std::variant<gate::Baseline, NotABaseline> read_baseline(std::string_view json);

}  // namespace plimsoll::exporting
