#pragma once

#include <string>
#include <vector>

#include "ledger/sighting.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// Who holds what, process by device by region, and whose figures are not known.
std::string ps_table(const ledger::Sighting& sighting, Style style);

}  // namespace plimsoll::view
