#include "client/abi.hpp"
#include "client/accounts.hpp"
#include "client/listed_id.hpp"
#include "client/program_table.hpp"
#include "client/retire.hpp"
#include "client/threads.hpp"
#include "client/unlisted.hpp"
#include "segment/slot.hpp"

using namespace plimsoll;
using namespace plimsoll::client;
using segment::Record;

namespace {

bool valid(plimsoll_client* client, const plimsoll_allocation* a) {
    return a->kind < PLIMSOLL_KIND_COUNT && a->region < PLIMSOLL_REGION_COUNT &&
           a->owner < PLIMSOLL_OWNER_COUNT &&
           a->devices < segment::load(header(client).sets_used) &&
           a->program < segment::kMaxPrograms && a->banks <= 0xffff &&
           (a->owner != PLIMSOLL_PROGRAM || a->program == 0 || is_live_program(client, a->program));
}

Record record_of(const plimsoll_allocation& a) {
    Record record{};
    record.address = a.address;
    record.bytes = a.bytes;
    record.bytes_per_bank = a.bytes_per_bank;
    record.made_at_ns = now_ns();
    record.program = a.program;
    record.location = a.location;
    record.cores = a.cores;
    record.set = static_cast<std::uint16_t>(a.devices);
    record.banks = static_cast<std::uint16_t>(a.banks);
    record.kind = a.kind;
    record.region = a.region;
    record.owner = a.owner;
    record.flags = a.reported != 0 ? segment::kReported : 0;
    return record;
}

// A locked instruction waits for all memory accesses before it and lets none pass, so what the
// following ones need is fetched together first.
void fetch_ahead(const segment::Slot& slot, const segment::Cell& cell,
                 const segment::RingHeader* ring) {
    segment::prefetch_to_write(&slot);
    segment::prefetch_to_write(&cell);
    segment::prefetch_to_write(ring);  // which may be null: nothing is fetched then
}

[[gnu::cold, gnu::noinline]] plimsoll_status no_room(plimsoll_client* client) {
    segment::add<std::uint64_t>(header(client).table_overflows, 1);
    return PLIMSOLL_TABLE_FULL;
}

// Its record is the caller's still.
[[gnu::cold, gnu::noinline]] void remember_outlived(plimsoll_client* client,
                                                    const segment::Slot& slot,
                                                    std::uint64_t sequence) {
    const Record record = segment::read_record(slot.record);
    remember_ending(client, ending_of_waiting(record), sequence, record);
}

}  // namespace

plimsoll_status plimsoll_allocate(plimsoll_client* client, const plimsoll_allocation* allocation,
                                  plimsoll_id* id) noexcept {
    if (id == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    *id = 0;
    if (!understood(allocation)) return PLIMSOLL_INVALID_ARGUMENT;
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!valid(client, allocation)) return PLIMSOLL_INVALID_ARGUMENT;
    // Here and in plimsoll_free() no function that stays a call gets the record's address: so it is
    // in registers, and neither const, which keeps GCC from it.
    Record record = record_of(*allocation);

    segment::RingHeader* ring = own_ring(client);
    const std::uint32_t index = take_slot(client, ring);
    if (index == FreeList::kNone) {
        if (ends_with_program(record)) return no_room(client);
        *id = allocate_unlisted(client, {occupied(record), record.set, record.region, record.kind,
                                         allocation->reported});
        return PLIMSOLL_UNLISTED;
    }
    segment::Slot& slot = client->shared.live()[index];
    segment::Cell& cell = cell_of(client, record);
    fetch_ahead(slot, cell, ring);
    const std::uint64_t sequence = next_sequence(client);
    segment::commit(slot, sequence, record);
    if (ends_with_program(record)) {
        client->next_owned[index] = client->first_owned[record.program];
        client->first_owned[record.program] = index + 1;
    }
    count_in(cell, occupied(record), allocation->reported != 0);
    tell(client, ring, segment::EventType::allocate, sequence, record);
    *id = ListedId::make(sequence, index);
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_free(plimsoll_client* client, plimsoll_id id) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (is_unlisted(id)) return free_unlisted(client, id);
    const auto [sequence, index] = ListedId(id);
    if (sequence != 0 && is_parents(client, sequence)) return PLIMSOLL_OK;
    if (index >= client->live_capacity) return PLIMSOLL_INVALID_ARGUMENT;
    segment::Slot& slot = client->shared.live()[index];
    const std::uint64_t now = now_ns();
    // Looked at before it is withdrawn, because a program's list still leads here.
    Record record = segment::read_record(slot.record);
    segment::Cell& cell = cell_of(client, record);
    segment::RingHeader* ring = own_ring(client);
    fetch_ahead(slot, cell, ring);
    if (sequence == 0 || ends_with_program(record) || !withdraw_settled(slot, sequence)) {
        segment::add<std::uint64_t>(header(client).double_frees, 1);
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    record.flags = segment::read_flags(slot.record);  // may have changed until now
    if ((record.flags & segment::kSuspended) != 0) {
        remember_outlived(client, slot, sequence);
    }
    retire_at(client, ring, cell, now, index, sequence, record, true);
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_report_free(plimsoll_client* client, plimsoll_id id) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (is_unlisted(id)) return PLIMSOLL_OK;  // its counters do not tell the two apart
    const auto [sequence, index] = ListedId(id);
    if (sequence != 0 && is_parents(client, sequence)) return PLIMSOLL_OK;
    if (sequence == 0 || index >= client->live_capacity) return PLIMSOLL_INVALID_ARGUMENT;
    segment::Slot& slot = client->shared.live()[index];
    if (segment::load(slot.state) != sequence * 2) return PLIMSOLL_INVALID_ARGUMENT;
    const std::uint8_t before = segment::set_flag(slot.record, segment::kReportedFree);
    if ((before & segment::kReported) != 0 && (before & segment::kReportedFree) == 0) {
        const Record record = segment::read_record(slot.record);
        count_reported_early(cell_of(client, record));
    }
    return PLIMSOLL_OK;
}

uint64_t plimsoll_occupied(plimsoll_client* client, plimsoll_devices devices,
                           plimsoll_region region) noexcept {
    if (!ready(client) || devices >= segment::kMaxSets || region >= PLIMSOLL_REGION_COUNT) return 0;
    std::uint64_t bytes = 0;
    for (std::uint32_t kind = 0; kind < PLIMSOLL_KIND_COUNT; ++kind) {
        if (kind == PLIMSOLL_CIRCULAR_BUFFER || kind == PLIMSOLL_DATAFLOW_BUFFER ||
            kind == PLIMSOLL_GLOBAL_CIRCULAR_BUFFER) {
            continue;
        }
        bytes += segment::load(
            client->shared.cells()[segment::cell_index(devices, region, kind)].live_bytes);
    }
    return bytes;
}
