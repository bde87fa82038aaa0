#include <cstring>

#include "client/abi.hpp"
#include "client/program_table.hpp"
#include "client/threads.hpp"

using namespace plimsoll;
using namespace plimsoll::client;
using segment::Refusal;

namespace {

// A refusal word by word, as it goes through shared memory.
struct Words {
    std::uint64_t at[segment::kRefusalWords];
};

bool valid(plimsoll_client* client, const plimsoll_refusal* r) {
    return understood(r) && r->reason < PLIMSOLL_REFUSAL_REASON_COUNT &&
           r->kind < PLIMSOLL_KIND_COUNT && r->region < PLIMSOLL_REGION_COUNT &&
           r->devices < segment::load(header(client).sets_used) &&
           (r->program == 0 || is_live_program(client, r->program));
}

Refusal refusal_of(plimsoll_client* client, const plimsoll_refusal& r) {
    Refusal to{};
    to.refused_at_ns = now_ns();
    to.program_runtime_id = r.program_runtime_id;
    to.program = r.program;
    to.bytes = r.bytes;
    to.bytes_per_bank = r.bytes_per_bank;
    to.bank_bytes = r.bank_bytes;
    to.allocated = r.allocated;
    to.free = r.free;
    to.largest_free = r.largest_free;
    to.lowest_address = r.lowest_address;
    to.region_end = r.region_end;
    if (r.program != 0) {
        const segment::Program& program = client->shared.programs()[r.program];
        to.program_label = segment::load(program.label);
        to.program_location = segment::load(program.location);
        if (r.program_runtime_id == PLIMSOLL_NOT_KNOWN) {
            to.program_runtime_id = segment::load(program.runtime_id);
        }
    }
    to.location = r.location;
    to.cores = r.cores;
    to.banks = r.banks;
    to.set = static_cast<std::uint16_t>(r.devices);
    to.reason = r.reason;
    to.kind = r.kind;
    to.region = r.region;
    return to;
}

const std::uint64_t* words_of(const Refusal& row) {
    return reinterpret_cast<const std::uint64_t*>(&row);
}

bool is_repeat(const Refusal& earlier, const Words& words) {
    const std::uint64_t state = segment::load_acquire(earlier.state);
    if (state == 0 || state % 2 != 0) return false;
    for (std::size_t i = segment::kFirstComparedWord; i < segment::kRefusalWords; ++i) {
        if (segment::load(words_of(earlier)[i]) != words.at[i]) return false;
    }
    return true;
}

Refusal* find_earlier(plimsoll_client* client, const Words& words) {
    const std::uint64_t used = segment::load(header(client).refusals_used);
    for (std::uint64_t row = 0; row < used && row < segment::kMaxRefusals; ++row) {
        Refusal& earlier = client->shared.refusals()[row];
        if (is_repeat(earlier, words)) return &earlier;
    }
    return nullptr;
}

void write(plimsoll_client* client, std::uint64_t row, const Words& words) {
    Refusal& to = client->shared.refusals()[row];
    auto* at = reinterpret_cast<std::uint64_t*>(&to);
    const std::uint64_t sequence = next_sequence(client);
    segment::store(to.state, sequence * 2 + 1);
    for (std::size_t i = 1; i < segment::kRefusalWords; ++i) segment::store(at[i], words.at[i]);
    segment::store_release(to.state, sequence * 2);

    segment::Record record{};
    record.address = row;
    record.made_at_ns = to.refused_at_ns;
    tell(client, own_ring(client), segment::EventType::refuse, sequence, record);
}

}  // namespace

plimsoll_status plimsoll_refuse(plimsoll_client* client, const plimsoll_refusal* refusal) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (!valid(client, refusal)) return PLIMSOLL_INVALID_ARGUMENT;
    segment::Header& h = header(client);
    segment::add<std::uint64_t>(h.refusals, 1);
    const Refusal made = refusal_of(client, *refusal);
    Words words;
    static_assert(sizeof words == sizeof made);
    std::memcpy(&words, &made, sizeof words);
    if (Refusal* earlier = find_earlier(client, words)) {
        segment::add<std::uint64_t>(earlier->repeats, 1);
        return PLIMSOLL_OK;
    }
    // Looked at first: a loop of refusals must not run the mark over.
    if (segment::load(h.refusals_used) >= segment::kMaxRefusals) return PLIMSOLL_UNLISTED;
    const std::uint64_t row = segment::add<std::uint64_t>(h.refusals_used, 1);
    if (row >= segment::kMaxRefusals) return PLIMSOLL_UNLISTED;
    write(client, row, words);
    return PLIMSOLL_OK;
}
