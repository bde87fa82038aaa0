#pragma once

#include <string>

#include "fleet/fleet.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// What is worst on all hosts together.
std::string fleet_table(const fleet::Fleet& fleet, Style style);

}  // namespace plimsoll::view
