#include "client/unlisted.hpp"

#include "client/accounts.hpp"

namespace plimsoll::client {
namespace {

// 63: unlisted, 55-62: how often the set had been closed, 47-54: set, 44-46: region,
// 40-43: kind, 39: reported, 0-38: occupied bytes on one device, in units that allocators keep.
constexpr std::uint64_t kUnit = 16;
constexpr std::uint64_t kUnitsMask = (std::uint64_t{1} << 39) - 1;

std::uint64_t closes_of(plimsoll_client* client, std::uint64_t set) {
    return segment::load(client->shared.sets()[set].closes) & 0xff;
}

std::uint64_t units_of(const segment::Record& record) {
    const std::uint64_t units = (occupied(record) + kUnit - 1) / kUnit;
    return units < kUnitsMask ? units : kUnitsMask;
}

}  // namespace

plimsoll_id allocate_unlisted(plimsoll_client* client, const segment::Record& record) {
    const bool reported = (record.flags & segment::kReported) != 0;
    const std::uint64_t units = units_of(record);
    segment::Cell& cell = cell_of(client, record);
    count_in(cell, units * kUnit, reported);
    segment::add<std::uint64_t>(cell.unlisted_live, 1);
    segment::add(cell.unlisted_bytes, units * kUnit);
    segment::add<std::uint64_t>(header(client).unlisted_allocations, 1);
    return std::uint64_t{1} << 63 | closes_of(client, record.set) << 55 |
           std::uint64_t{record.set} << 47 | std::uint64_t{record.region} << 44 |
           std::uint64_t{record.kind} << 40 | std::uint64_t{reported} << 39 | units;
}

plimsoll_status free_unlisted(plimsoll_client* client, plimsoll_id id) {
    const auto set = static_cast<std::uint32_t>(id >> 47 & 0xff);
    const auto region = static_cast<std::uint32_t>(id >> 44 & 0x7);
    const auto kind = static_cast<std::uint32_t>(id >> 40 & 0xf);
    if (region >= kRegionCount || kind >= kKindCount) return PLIMSOLL_INVALID_ARGUMENT;
    if ((id >> 55 & 0xff) != closes_of(client, set)) return PLIMSOLL_INVALID_ARGUMENT;
    const std::uint64_t bytes = (id & kUnitsMask) * kUnit;
    segment::Cell& cell = client->shared.cells()[segment::cell_index(set, region, kind)];
    segment::subtract<std::uint64_t>(cell.unlisted_live, 1);
    segment::subtract(cell.unlisted_bytes, bytes);
    count_out(cell, bytes);
    count_over(cell, (id >> 39 & 1) != 0);
    return PLIMSOLL_OK;
}

std::uint64_t end_unlisted(plimsoll_client* client, std::uint32_t set) {
    std::uint64_t ended = 0;
    for (std::uint32_t of = 0; of < segment::kCellsPerSet; ++of) {
        segment::Cell& cell = client->shared.cells()[segment::cell_index(set, 0, 0) + of];
        if (segment::load(cell.unlisted_live) == 0) continue;
        const std::uint64_t live = __atomic_exchange_n(&cell.unlisted_live, 0, __ATOMIC_RELAXED);
        const std::uint64_t bytes = __atomic_exchange_n(&cell.unlisted_bytes, 0, __ATOMIC_RELAXED);
        count_out(cell, bytes, live);
        segment::add(cell.frees, live);
        ended += live;
    }
    return ended;
}

}  // namespace plimsoll::client
