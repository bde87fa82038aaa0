#include "client/abi.hpp"
#include "client/accounts.hpp"
#include "client/program_table.hpp"
#include "client/retire.hpp"
#include "client/threads.hpp"
#include "segment/slot.hpp"

using namespace plimsoll;
using namespace plimsoll::client;
using segment::Record;

namespace {

// Calls end(record) for what the program owns and takes those for which it says yes off its list.
// Only the program itself adds to the list, and its calls do not overlap.
template <class Over>
void retire_owned(plimsoll_client* client, plimsoll_program program, Over over) {
    std::uint32_t* link = &client->first_owned[program];
    while (*link != 0) {
        const std::uint32_t index = *link - 1;
        segment::Slot& slot = client->shared.live()[index];
        const std::uint64_t id = segment::load(slot.state) / 2;
        if (!over(segment::read_record(slot.record))) {
            link = &client->next_owned[index];
            continue;
        }
        *link = client->next_owned[index];
        end_older_runs(client, id, segment::read_record(slot.record));
        if (!withdraw_settled(slot, id)) continue;
        // Once more: closing a device may have changed the flags until now.
        const Record record = segment::read_record(slot.record);
        const bool reported = (record.flags & segment::kReportedFree) != 0;
        if (segment::load(client->shared.programs()[program].live) == 0) {
            // The program is destroyed, it was not only laid out anew.
            if (reported && (record.flags & segment::kSuspended) != 0) {
                remember_ending(client, segment::Ending::reported_late, id, record);
            } else if (!reported && (record.flags & segment::kReported) != 0) {
                remember_ending(client, segment::Ending::unreported, id, record);
            }
        }
        retire(client, index, id, record, reported);
    }
}

// The id of what was last allocated for the program; 0: nothing is.
std::uint64_t newest_of(plimsoll_client* client, plimsoll_program program) {
    const std::uint32_t first = client->first_owned[program];
    return first == 0 ? 0 : segment::load(client->shared.live()[first - 1].state) / 2;
}

}  // namespace

plimsoll_status plimsoll_program_create(plimsoll_client* client, const plimsoll_program_info* info,
                                        plimsoll_program* program) noexcept {
    if (program == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    *program = 0;
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!understood(info)) return PLIMSOLL_INVALID_ARGUMENT;
    const std::uint32_t entry = client->programs.take();
    if (entry == FreeList::kNone) {
        segment::add<std::uint64_t>(header(client).table_overflows, 1);
        return PLIMSOLL_TABLE_FULL;
    }
    segment::Program& to = client->shared.programs()[entry];
    segment::store(to.label, info->label);
    segment::store(to.runtime_id, info->runtime_id);
    segment::store(to.location, info->location);
    segment::store(to.last_run, std::uint64_t{0});
    client->first_owned[entry] = 0;
    segment::store_release(to.live, 1u);
    *program = entry;
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_program_run(plimsoll_client* client, plimsoll_program program) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!is_live_program(client, program)) return PLIMSOLL_INVALID_ARGUMENT;
    segment::Program& own = client->shared.programs()[program];
    const std::uint64_t before = segment::load(own.last_run);
    const bool is_last = before != 0 && before == segment::load(client->last_run);
    if (is_last && newest_of(client, program) < before) return PLIMSOLL_OK;
    const std::uint64_t run = next_sequence(client);
    segment::store(own.last_run, run);
    segment::raise_to(client->last_run, run);
    Record record{};
    record.address = program;
    record.bytes = segment::load(own.label);
    record.made_at_ns = now_ns();
    tell(client, own_ring(client), segment::EventType::run, run, record);
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_program_laid_out_anew(plimsoll_client* client, plimsoll_program program,
                                               plimsoll_kind kind,
                                               plimsoll_devices devices) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!is_live_program(client, program)) return PLIMSOLL_INVALID_ARGUMENT;
    retire_owned(client, program, [&](const Record& record) {
        return record.kind == kind && record.set == devices;
    });
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_program_report_free(plimsoll_client* client,
                                             plimsoll_program program) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!is_live_program(client, program)) return PLIMSOLL_INVALID_ARGUMENT;
    for (std::uint32_t at = client->first_owned[program]; at != 0;
         at = client->next_owned[at - 1]) {
        segment::Slot& slot = client->shared.live()[at - 1];
        const std::uint8_t before = segment::set_flag(slot.record, segment::kReportedFree);
        if ((before & segment::kReported) != 0 && (before & segment::kReportedFree) == 0) {
            const Record record = segment::read_record(slot.record);
            count_reported_early(cell_of(client, record));
        }
    }
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_program_destroy(plimsoll_client* client,
                                         plimsoll_program program) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!is_live_program(client, program)) return PLIMSOLL_INVALID_ARGUMENT;
    segment::store(client->shared.programs()[program].live, 0u);
    retire_owned(client, program, [](const Record&) { return true; });
    client->programs.give_back(program);
    return PLIMSOLL_OK;
}
