#pragma once

#include "ledger/snapshot.hpp"

namespace plimsoll::top {

// Of one process, over all its chips.
inline std::uint64_t live(const ledger::ProcessView& process, Region region) {
    std::uint64_t bytes = 0;
    for (const ledger::DeviceUse& device : process.devices) {
        bytes += device.regions[static_cast<std::size_t>(region)].live.value;
    }
    return bytes;
}

}  // namespace plimsoll::top
