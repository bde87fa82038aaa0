#pragma once

#include <string>
#include <vector>

#include "findings/finding.hpp"
#include "ledger/snapshot.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// What should be gone from a running process and is not, and why.
std::string leaks_text(const ledger::ProcessView& process,
                       const std::vector<findings::Finding>& findings, Style style);

}  // namespace plimsoll::view
