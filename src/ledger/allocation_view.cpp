#include "ledger/allocation_view.hpp"

#include <algorithm>

#include "ledger/footprint.hpp"

namespace plimsoll::ledger {

AllocationView allocation_view(const Tables& tables, const Row& row, std::int32_t pid,
                               std::uint64_t now_ns) {
    const Allocation& allocation = row.allocation;
    AllocationView view;
    view.id = allocation.id.value;
    view.pid = pid;
    view.kind = allocation.kind;
    view.region = allocation.region;
    view.owner = allocation.owner;
    if (allocation.set.value < tables.sets.size()) {
        const DeviceSet& set = tables.sets[allocation.set.value];
        view.mesh = set.mesh;
        for (const std::uint32_t device : set.devices) {
            view.devices.push_back(tables.devices[device].device);
        }
        std::sort(view.devices.begin(), view.devices.end());
    }
    view.address = allocation.address;
    view.bytes = allocation.bytes;
    view.bytes_per_bank = allocation.bytes_per_bank;
    view.occupied_bytes = occupied_bytes(allocation);
    view.banks = allocation.banks;
    const auto cores = tables.cores.find(allocation.cores);
    if (cores != tables.cores.end()) view.cores = cores->second;
    view.program = row.program;
    view.call_site = row.call_site;
    view.reported = allocation.reported;
    view.reported_free = row.reported_free;
    view.ending = row.ending;
    view.made_at_ns = allocation.made_at_ns;
    // An allocation that is over has the age it reached.
    const std::uint64_t until = row.ended_at_ns != 0 ? row.ended_at_ns : now_ns;
    view.age_ns = until - std::min(until, allocation.made_at_ns);
    return view;
}

}  // namespace plimsoll::ledger
