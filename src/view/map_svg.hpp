#pragma once

#include <string>
#include <vector>

#include "findings/memory_map.hpp"

namespace plimsoll::view {

// The same maps as print_map() draws, as one picture for a browser or an issue: no script and
// nothing from elsewhere; light or dark as the reader has it; each block says what it is when it is
// pointed at.
std::string maps_svg(const std::vector<findings::Explanation>& explanations);

}  // namespace plimsoll::view
