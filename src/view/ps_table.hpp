#pragma once

#include <string>
#include <vector>

#include "ledger/snapshot.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// Who holds what, process by device by region; `notes` say what could not be looked at.
std::string ps_table(const std::vector<ledger::ProcessView>& processes,
                     const std::vector<std::string>& notes, Style style);

}  // namespace plimsoll::view
