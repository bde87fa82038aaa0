#include "client/abi.hpp"
#include "client/accounts.hpp"
#include "client/listed_id.hpp"
#include "client/retire.hpp"
#include "client/unlisted.hpp"
#include "segment/slot.hpp"

using namespace plimsoll;
using namespace plimsoll::client;

plimsoll_status plimsoll_object_gone(plimsoll_client* client, plimsoll_id id,
                                     plimsoll_holder holder) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (is_unlisted(id)) return PLIMSOLL_OK;  // it ended with its device
    const auto [sequence, index] = ListedId(id);
    if (sequence == 0 || index >= client->live_capacity) return PLIMSOLL_INVALID_ARGUMENT;
    if (is_parents(client, sequence)) return PLIMSOLL_OK;
    segment::Slot& slot = client->shared.live()[index];
    const segment::SlotCopy copy = segment::read(slot);
    if (copy.id != sequence || ends_with_program(copy.record)) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    if ((copy.record.flags & segment::kSuspended) == 0) return PLIMSOLL_OK;
    if (!withdraw_settled(slot, sequence)) return PLIMSOLL_INVALID_ARGUMENT;
    // A trace is the user's to release, although its device keeps it.
    const bool of_device = holder == PLIMSOLL_HELD_BY_DEVICE && copy.record.kind != PLIMSOLL_TRACE;
    const segment::Ending ending =
        of_device ? segment::Ending::held_by_device : ending_of_waiting(copy.record);
    remember_ending(client, ending, sequence, copy.record);
    retire(client, index, sequence, copy.record, false);
    return PLIMSOLL_OK;
}

uint64_t plimsoll_waiting(plimsoll_client* client) noexcept {
    return ready(client) ? segment::load(client->waiting) : 0;
}
