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
    if (reported) segment::add<std::uint64_t>(cell.reported_allocations, 1);
    segment::add<std::uint64_t>(cell.live, 1);
    segment::raise_to(cell.peak_bytes, segment::add(cell.live_bytes, bytes) + bytes);
}

// It holds no memory any more.
inline void count_out(segment::Cell& cell, std::uint64_t bytes, std::uint64_t how_many = 1) {
    segment::subtract(cell.live, how_many);
    segment::subtract(cell.live_bytes, bytes);
}

// It is over; `reported`: the runtime said so, of something it had reported.
inline void count_over(segment::Cell& cell, bool reported) {
    segment::add<std::uint64_t>(cell.frees, 1);
    if (reported) segment::add<std::uint64_t>(cell.reported_frees, 1);
}

}  // namespace plimsoll::client
