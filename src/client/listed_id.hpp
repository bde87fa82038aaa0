#pragma once

#include "client/state.hpp"

namespace plimsoll::client {

// The id of an allocation that has a row in the live table: its sequence number and its slot.
struct ListedId {
    static constexpr std::uint32_t kSlotBits = 20;
    static constexpr std::uint64_t kSlotMask = (1u << kSlotBits) - 1;
    static_assert(segment::kMaxLiveSlots <= kSlotMask + 1);

    std::uint64_t sequence;
    std::uint32_t slot;

    explicit ListedId(plimsoll_id id)
        : sequence(id >> kSlotBits), slot(static_cast<std::uint32_t>(id & kSlotMask)) {}

    static plimsoll_id make(std::uint64_t sequence, std::uint32_t slot) {
        return sequence << kSlotBits | slot;
    }
};

// What was there before the fork is the parent's, and the parent tells when it is over.
inline bool is_parents(plimsoll_client* client, std::uint64_t sequence) {
    return sequence <= header(client).fork_sequence;
}

}  // namespace plimsoll::client
