#include "client/retire.hpp"

#include <sched.h>

namespace plimsoll::client {

bool wait_to_withdraw(segment::Slot& slot, std::uint64_t id) {
    while (segment::load(slot.state) / 2 == id) {
        if (segment::withdraw(slot, id)) return true;
        ::sched_yield();  // plimsoll_close() holds the slot for a few instructions
    }
    return false;
}

void retire(plimsoll_client* client, std::uint32_t slot, std::uint64_t id,
            const segment::Record& record, bool reported) {
    retire_at(client, own_ring(client), cell_of(client, record), now_ns(), slot, id, record,
              reported);
}

void remember_ending(plimsoll_client* client, segment::Ending ending, std::uint64_t id,
                     const segment::Record& record) {
    const auto which = static_cast<std::uint32_t>(ending);
    const std::uint64_t row = segment::add<std::uint64_t>(header(client).ended_count[which], 1);
    if (row >= segment::kMaxEnded) return;
    segment::Ended& to = client->shared.ended(which)[row];
    segment::store(to.state, id * 2 + 1);
    segment::write_record(to.record, record);
    segment::store(to.ended_at_ns, now_ns());
    if (record.program != 0) {
        const segment::Program& program = client->shared.programs()[record.program];
        segment::store(to.program_runtime_id, segment::load(program.runtime_id));
        segment::store(to.program_label, segment::load(program.label));
        segment::store(to.program_location, segment::load(program.location));
    }
    segment::store_release(to.state, id * 2);
}

}  // namespace plimsoll::client
