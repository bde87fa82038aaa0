#pragma once

#include "client/state.hpp"

namespace plimsoll::client {

inline segment::Cell& cell_of(plimsoll_client* client, const segment::Record& record) {
    return client->shared.cells()[segment::cell_index(record.set, record.region, record.kind)];
}

// Only its program's end can end it. What claims a program but names none has no such end, and is
// judged like what no rule explains.
template <class RecordOrOwner>
bool ends_with_program(const RecordOrOwner& record) {
    return record.owner == PLIMSOLL_PROGRAM && record.program != 0;
}

inline std::uint64_t occupied(const segment::Record& record) {
    return record.bytes_per_bank * record.banks;
}

inline void count_in(segment::Cell& cell, std::uint64_t bytes, bool reported) {
    segment::add<std::uint64_t>(cell.allocations, 1);
    if (!reported) segment::add<std::uint64_t>(cell.unreported_allocations, 1);
    segment::raise_to(cell.peak_bytes, segment::add(cell.live_bytes, bytes) + bytes);
}

// It holds no memory any more, though it is not over.
inline void count_suspended(segment::Cell& cell, std::uint64_t bytes) {
    segment::add<std::uint64_t>(cell.suspended, 1);
    segment::subtract(cell.live_bytes, bytes);
}

// The runtime reported the free of something it had reported, before it is over.
inline void count_reported_early(segment::Cell& cell) {
    segment::subtract<std::uint64_t>(cell.unreported_frees, 1);
}

// They are over, all alike, and held so many bytes; `reported`: the runtime says so now, of
// something it had reported, and had not said so before.
inline void count_over(segment::Cell& cell, std::uint64_t bytes, bool reported,
                       std::uint64_t how_many = 1) {
    segment::add(cell.frees, how_many);
    if (!reported) segment::add(cell.unreported_frees, how_many);
    if (bytes != 0) segment::subtract(cell.live_bytes, bytes);
}

}  // namespace plimsoll::client
