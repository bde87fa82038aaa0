#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"

namespace plimsoll::exporting {

// What include/plimsoll/reader.h gives: live allocations of one process, all of them, and those of
// closed devices whose objects are still there.
struct LiveRows {
    std::uint64_t position = 0;
    std::vector<ledger::AllocationView> live;
    std::vector<ledger::AllocationView> outlived;
    std::uint64_t unlisted = 0;
};

std::string live_json(const LiveRows& rows);

}  // namespace plimsoll::exporting
