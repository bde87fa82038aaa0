#pragma once

#include "client/accounts.hpp"
#include "client/threads.hpp"
#include "segment/slot.hpp"

// How listed allocations end, other than by an ordinary free.
namespace plimsoll::client {

// Takes a committed allocation out of its slot. Waits for a moment if a closing device is judging
// this very slot; false when it is over already.
[[gnu::cold]] bool wait_to_withdraw(segment::Slot& slot, std::uint64_t id);
inline bool withdraw_settled(segment::Slot& slot, std::uint64_t id) {
    return __builtin_expect(segment::withdraw(slot, id), 1) || wait_to_withdraw(slot, id);
}

// The slot was withdrawn and is the caller's: counts the end, tells it, gives the slot back.
// `ring` is the thread's, `cell` the record's; `reported`: the runtime reported this free (now or
// before).
[[gnu::always_inline]] inline void retire_at(plimsoll_client* client, segment::RingHeader* ring,
                                             segment::Cell& cell, std::uint64_t now_ns,
                                             std::uint32_t slot, std::uint64_t id,
                                             const segment::Record& record, bool reported) {
    const bool counted_before = (record.flags & segment::kReportedFree) != 0;
    const bool was_reported = (record.flags & segment::kReported) != 0;
    const bool suspended = (record.flags & segment::kSuspended) != 0;
    count_over(cell, suspended ? 0 : occupied(record), reported && was_reported && !counted_before);
    if (suspended) {
        segment::subtract<std::uint64_t>(cell.suspended, 1);
        if (!ends_with_program(record)) segment::subtract<std::uint64_t>(client->waiting, 1);
    }
    give_back_slot(client, ring, slot);
    tell(client, ring, segment::EventType::free, id, now_ns);
}

// The same at this moment.
void retire(plimsoll_client* client, std::uint32_t slot, std::uint64_t id,
            const segment::Record& record, bool reported);

// To be called before a program's memory is over: what ran before that program, if it ran with
// this, is not resident again. A reader that looks now must not take it for so.
inline void end_older_runs(plimsoll_client* client, std::uint64_t id,
                           const segment::Record& record) {
    const bool shares_space =
        record.kind == PLIMSOLL_CIRCULAR_BUFFER || record.kind == PLIMSOLL_DATAFLOW_BUFFER;
    if (!shares_space || record.region != PLIMSOLL_L1 || record.cores == 0) return;
    const bool over_before = (record.flags & segment::kSuspended) != 0;
    const std::uint64_t run = segment::load(client->shared.programs()[record.program].last_run);
    if (over_before || occupied(record) == 0 || run < id) return;
    segment::raise_to(client->shared.sets()[record.set].last_run_over, run);
}

// How one ends that outlived its device, unless the device itself had kept it.
inline segment::Ending ending_of_waiting(const segment::Record& record) {
    return (record.flags & segment::kClosedAtExit) != 0 ? segment::Ending::left_at_exit
                                                        : segment::Ending::outlived_device;
}

// Keeps a row of an unusual end, as long as there is room, and counts it always.
void remember_ending(plimsoll_client* client, segment::Ending ending, std::uint64_t id,
                     const segment::Record& record);

}  // namespace plimsoll::client
