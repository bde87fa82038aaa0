#pragma once

#include <string_view>
#include <vector>

#include "findings/finding.hpp"
#include "ledger/snapshot.hpp"

namespace plimsoll::findings {

// Every broken rule in one look at all processes, most severe first. `package` is the runtime's
// release, such as "ttnn 0.81.1"; when it is empty the processes' own identity is asked.
std::vector<Finding> judge(const ledger::Snapshot& snapshot, std::string_view package);

}  // namespace plimsoll::findings
