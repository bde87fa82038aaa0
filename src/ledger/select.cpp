#include "ledger/select.hpp"

#include <algorithm>

namespace plimsoll::ledger {

bool is_selected(const Selection& selection, const AllocationView& row) {
    if (selection.device) {
        const auto& on = row.devices;
        if (std::find(on.begin(), on.end(), *selection.device) == on.end()) return false;
    }
    return (!selection.region || *selection.region == row.region) &&
           (!selection.kind || *selection.kind == row.kind) &&
           (!selection.owner || *selection.owner == row.owner) && row.id > selection.after_id;
}

ProcessView select(ProcessView process, const Selection& selection) {
    if (!selection.device && !selection.is_of_allocations()) return process;
    if (selection.device) {
        std::erase_if(process.devices,
                      [&](const DeviceUse& device) { return device.device != *selection.device; });
    }
    std::erase_if(process.held,
                  [&](const AllocationView& row) { return !is_selected(selection, row); });
    process.held_count = process.held.size();
    return process;
}

}  // namespace plimsoll::ledger
