#include "client/accounts.hpp"
#include "client/device_tables.hpp"
#include "client/retire.hpp"
#include "client/threads.hpp"
#include "client/unlisted.hpp"
#include "segment/slot.hpp"

namespace plimsoll::client {
namespace {

using segment::Record;

// Which sets are closing.
struct Closing {
    std::uint64_t words[segment::kMaxSets / 64];

    void add(std::uint32_t set) { words[set / 64] |= std::uint64_t{1} << (set % 64); }
    [[nodiscard]] bool has(std::uint32_t set) const {
        return (words[set / 64] >> (set % 64) & 1) != 0;
    }
};

// The memory is gone with the device, though its program or object may live on.
void suspend(plimsoll_client* client, segment::Slot& slot, std::uint64_t id, const Record& record,
             segment::Ending ending) {
    // Announced like a write: a thread that ends the allocation meanwhile waits for us.
    if (!segment::exchange_if(slot.state, id * 2, id * 2 + 1)) return;
    // First, so that nobody sees it suspended and not yet why.
    if (ending == segment::Ending::left_at_exit) {
        segment::set_flag(slot.record, segment::kClosedAtExit);
    }
    if (ends_with_program(record)) end_older_runs(client, id, record);
    segment::set_flag(slot.record, segment::kSuspended);
    count_suspended(cell_of(client, record), occupied(record));
    if (!ends_with_program(record)) segment::add<std::uint64_t>(client->waiting, 1);
    tell(client, own_ring(client), segment::EventType::suspend, id, now_ns());
    segment::store_release(slot.state, id * 2);
}

void judge(plimsoll_client* client, std::uint32_t index, segment::Ending ending,
           const segment::SlotCopy& copy) {
    segment::Slot& slot = client->shared.live()[index];
    const Record& record = copy.record;
    // Left alone since an earlier close: were the process killed this moment, it would be lost.
    if ((record.flags & segment::kSuspended) != 0) return;
    if (record.owner != PLIMSOLL_RUNTIME) {
        suspend(client, slot, copy.id, record, ending);
    } else if (segment::withdraw(slot, copy.id)) {  // else freed this moment by another thread
        retire(client, index, copy.id, record, false);
    }
}

// A chip is open as long as a set with it is: a mesh opens its chips, so it closes them as well.
void close_unused_devices(plimsoll_client* client) {
    const segment::Header& h = header(client);
    const segment::DeviceSet* sets = client->shared.sets();
    Members open{};
    for (std::uint32_t set = 1; set < h.sets_used; ++set) {
        if (sets[set].open != 0) open.add(sets[set]);
    }
    for (std::uint32_t entry = 0; entry < h.devices_used; ++entry) {
        if (!open.has(entry)) segment::store(client->shared.devices()[entry].open, 0u);
    }
}

}  // namespace

void close_set(plimsoll_client* client, std::uint32_t set, segment::Ending ending) {
    segment::DeviceSet* sets = client->shared.sets();
    const std::uint32_t sets_used = header(client).sets_used;
    Closing closing{};
    closing.add(set);
    if (sets[set].is_mesh == 0) {
        Members chip{};
        chip.add(sets[set]);
        for (std::uint32_t other = 1; other < sets_used; ++other) {
            if (chip.overlap(sets[other])) closing.add(other);
        }
    }
    const std::uint32_t slots_used = segment::load_acquire(header(client).slots_used);
    for (std::uint32_t index = 0; index < slots_used; ++index) {
        const segment::SlotCopy copy = segment::read(client->shared.live()[index]);
        if (copy.state == segment::SlotState::whole && closing.has(copy.record.set)) {
            judge(client, index, ending, copy);
        }
    }
    for (std::uint32_t each = 1; each < sets_used; ++each) {
        if (!closing.has(each)) continue;
        // First, so that no id that is good for a free comes from before the end of them all.
        segment::store(sets[each].closes, sets[each].closes + 1);
        const std::uint64_t unlisted = end_unlisted(client, each);
        segment::add(header(client).ended_count[static_cast<std::uint32_t>(ending)], unlisted);
        segment::store(sets[each].open, 0u);
    }
    close_unused_devices(client);
}

}  // namespace plimsoll::client
