#include "ledger/peak_bounds.hpp"

#include "ledger/footprint.hpp"

namespace plimsoll::ledger {

PeakBounds peak_bounds(const Tables& tables, const std::vector<Cell>& cells) {
    PeakBounds bounds;
    bounds.devices.resize(tables.devices.size());
    for (const Cell& cell : cells) {
        const bool alias = cell.kind == Kind::global_circular_buffer;
        if (alias || cell.peak_bytes == 0 || cell.set.value >= tables.sets.size()) continue;
        const auto& devices = tables.sets[cell.set.value].devices;
        if (devices.empty()) continue;
        bounds.kinds[static_cast<std::size_t>(cell.kind)].take(cell.peak_bytes * devices.size());
        const bool shared = shares_space(cell.kind, cell.region);
        const auto take = [&](PeakBound& bound, std::uint64_t bytes) {
            shared ? bound.take_shared() : bound.take(bytes);
        };
        take(bounds.total, cell.peak_bytes * devices.size());
        for (const std::uint32_t device : devices) {
            take(bounds.devices[device][static_cast<std::size_t>(cell.region)], cell.peak_bytes);
        }
    }
    return bounds;
}

}  // namespace plimsoll::ledger
