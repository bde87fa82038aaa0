#pragma once

#include "segment/atomics.hpp"

// A slot of the live table, from both sides.
//
// The writer announces (odd state), writes, and commits (even state). Whoever dies in between
// leaves one slot that readers count as in flight. Ids are never used twice, so the state also
// tells a reader whether the record it copied is the one it began with.
namespace plimsoll::segment {

inline void commit(Slot& slot, std::uint64_t id, const Record& record) {
    store(slot.state, id * 2 + 1);
    // Readers' acquire fence in read() is the partner: who sees a word of the new record also
    // sees, at the second look, that the state has changed.
    __atomic_thread_fence(__ATOMIC_RELEASE);
    write_record(slot.record, record);
    store_release(slot.state, id * 2);
}

// Takes the committed allocation out of the slot, exactly once among racing threads.
// False: it is over already, or another thread is judging it this moment.
inline bool withdraw(Slot& slot, std::uint64_t id) {
    return exchange_if<std::uint64_t>(slot.state, id * 2, 0);
}

enum class SlotState { empty, whole, in_flight };

struct SlotCopy {
    SlotState state = SlotState::empty;
    std::uint64_t id = 0;
    Record record{};
};

// Never waits: a slot that changes under a few looks is counted as in flight.
inline SlotCopy read(const Slot& slot) {
    constexpr int kLooks = 4;
    SlotCopy copy;
    for (int look = 0; look < kLooks; ++look) {
        const std::uint64_t before = load_acquire(slot.state);
        if (before == 0) return {};
        copy.id = before / 2;
        if (before % 2 != 0) continue;
        copy.record = read_record(slot.record);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if (load(slot.state) == before) {
            copy.state = SlotState::whole;
            return copy;
        }
    }
    copy.state = SlotState::in_flight;
    return copy;
}

}  // namespace plimsoll::segment
