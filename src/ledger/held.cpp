#include "ledger/held.hpp"

namespace plimsoll::ledger {

HeldTable::Row HeldTable::packed(const Allocation& allocation, const Held& held) {
    const Footprint& footprint = held.footprint;
    Row row{};
    row.id = allocation.id.value;
    row.address = allocation.address;
    row.bytes_per_bank = allocation.bytes_per_bank;
    row.requested = held.share.bytes;
    row.cores = allocation.cores.value;
    row.call_site = allocation.call_site.value;
    row.program = static_cast<std::uint16_t>(allocation.program.value);
    row.set = static_cast<std::uint16_t>(allocation.set.value);
    row.portion = static_cast<std::uint16_t>(footprint.portion);
    row.group = static_cast<std::uint16_t>(held.share.group);
    row.devices = static_cast<std::uint16_t>(held.share.devices);
    row.banks = static_cast<std::uint16_t>(allocation.banks);
    row.kind = static_cast<std::uint8_t>(allocation.kind) & 0x7f;
    row.in_use = 1;
    row.region = static_cast<std::uint8_t>(allocation.region) & 0xf;
    row.owner = static_cast<std::uint8_t>(allocation.owner) & 0xf;
    row.counts = footprint.bytes != 0;
    row.shared = footprint.shared;
    row.by_runs = footprint.by_runs;
    row.lockstep = footprint.lockstep;
    return row;
}

Held HeldTable::unpacked(const Row& row) {
    Held held;
    Footprint& footprint = held.footprint;
    footprint.id = {row.id};
    footprint.program = {row.program};
    footprint.set = {row.set};
    footprint.cores = {row.cores};
    footprint.region = static_cast<Region>(row.region);
    footprint.kind = static_cast<Kind>(row.kind);
    footprint.shared = row.shared != 0;
    footprint.by_runs = row.by_runs != 0;
    footprint.lockstep = row.lockstep != 0;
    footprint.interval = interval_of(row.address, row.bytes_per_bank);
    footprint.owner = static_cast<Owner>(row.owner);
    footprint.call_site = row.call_site;
    footprint.portion = row.portion;
    const std::uint64_t bytes = occupied_bytes(footprint.kind, row.bytes_per_bank, row.banks);
    footprint.bytes = row.counts != 0 ? bytes : 0;
    held.share = {row.group, row.devices, row.requested, bytes * row.devices};
    return held;
}

std::uint32_t HeldTable::free_row() {
    if (!free_.empty()) {
        const std::uint32_t number = free_.back();
        free_.pop_back();
        return number;
    }
    if (used_ % kRowsPerBlock == 0) blocks_.push_back(std::make_unique<Block>());
    return used_++;
}

bool HeldTable::insert(const Allocation& allocation, const Held& held) {
    const std::uint32_t number = free_row();
    if (!index_.insert(allocation.id.value, number)) {
        free_.push_back(number);
        return false;
    }
    row(number) = packed(allocation, held);
    return true;
}

std::optional<Held> HeldTable::take(AllocationId id) {
    const std::uint32_t number = index_.erase(id.value);
    if (number == FlatIndex::kNone) return {};
    Row& its = row(number);
    const Held held = unpacked(its);
    its.in_use = 0;
    free_.push_back(number);
    return held;
}

}  // namespace plimsoll::ledger
