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

std::uint64_t units_of(std::uint64_t bytes) {
    const std::uint64_t units = (bytes + kUnit - 1) / kUnit;
    return units < kUnitsMask ? units : kUnitsMask;
}

// False, and nothing is changed, when there is not so much: an id freed twice must not turn a
// counter over.
bool take_off(std::uint64_t& from, std::uint64_t amount) {
    std::uint64_t seen = segment::load(from);
    while (seen >= amount) {
        if (__atomic_compare_exchange_n(&from, &seen, seen - amount, true, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED)) {
            return true;
        }
    }
    return false;
}

}  // namespace

[[gnu::noinline]] plimsoll_id allocate_unlisted(plimsoll_client* client, Counted a) {
    const bool reported = a.reported != 0;
    const std::uint64_t units = units_of(a.bytes);
    segment::Cell& cell = client->shared.cells()[segment::cell_index(a.set, a.region, a.kind)];
    count_in(cell, units * kUnit, reported);
    segment::add<std::uint64_t>(cell.unlisted_live, 1);
    segment::add(cell.unlisted_bytes, units * kUnit);
    segment::add<std::uint64_t>(header(client).unlisted_allocations, 1);
    return std::uint64_t{1} << 63 | closes_of(client, a.set) << 55 | std::uint64_t{a.set} << 47 |
           std::uint64_t{a.region} << 44 | std::uint64_t{a.kind} << 40 |
           std::uint64_t{reported} << 39 | units;
}

plimsoll_status free_unlisted(plimsoll_client* client, plimsoll_id id) {
    const auto set = static_cast<std::uint32_t>(id >> 47 & 0xff);
    const auto region = static_cast<std::uint32_t>(id >> 44 & 0x7);
    const auto kind = static_cast<std::uint32_t>(id >> 40 & 0xf);
    if (region >= kRegionCount || kind >= kKindCount) return PLIMSOLL_INVALID_ARGUMENT;
    segment::Cell& cell = client->shared.cells()[segment::cell_index(set, region, kind)];
    if ((id >> 55 & 0xff) != closes_of(client, set) || !take_off(cell.unlisted_live, 1)) {
        // It may be the parent's, which tells itself when it is over.
        if (header(client).forked_from != 0) return PLIMSOLL_OK;
        segment::add<std::uint64_t>(header(client).double_frees, 1);
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    // Closing the set this moment ends all bytes at once, and then these are among them.
    const std::uint64_t bytes = (id & kUnitsMask) * kUnit;
    count_over(cell, take_off(cell.unlisted_bytes, bytes) ? bytes : 0, (id >> 39 & 1) != 0);
    return PLIMSOLL_OK;
}

std::uint64_t end_unlisted(plimsoll_client* client, std::uint32_t set) {
    std::uint64_t ended = 0;
    for (std::uint32_t of = 0; of < segment::kCellsPerSet; ++of) {
        segment::Cell& cell = client->shared.cells()[segment::cell_index(set, 0, 0) + of];
        if (segment::load(cell.unlisted_live) == 0) continue;
        const std::uint64_t live = __atomic_exchange_n(&cell.unlisted_live, 0, __ATOMIC_RELAXED);
        const std::uint64_t bytes = __atomic_exchange_n(&cell.unlisted_bytes, 0, __ATOMIC_RELAXED);
        count_over(cell, bytes, false, live);
        // A reservation is the runtime's own, whose end it is.
        if (of % kKindCount != PLIMSOLL_RESERVATION) ended += live;
    }
    return ended;
}

}  // namespace plimsoll::client
