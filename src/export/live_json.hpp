#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::exporting {

// Live allocations of one process, all of them: what include/plimsoll/reader.h gives.
std::string live_json(std::uint64_t position, const std::vector<ledger::AllocationView>& rows,
                      std::uint64_t unlisted);

}  // namespace plimsoll::exporting
