#include "agents/ttmetal/refusals.hpp"

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/buffer_facts.hpp"
#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/core_ranges.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/refusal_text.hpp"

namespace plimsoll::ttmetal {
namespace {

// Of a device that is known already; nothing of any other.
DeviceFacts known_device(const Device* device) {
    DeviceFacts facts;
    return find_known_device(device, &facts) ? facts : DeviceFacts{};
}

std::uint64_t round_up(std::uint64_t bytes, std::uint64_t unit) {
    if (bytes == PLIMSOLL_NOT_KNOWN || unit == 0) return bytes;
    return (bytes + unit - 1) / unit * unit;
}

void describe_buffer(const RefusalText& said, plimsoll_refusal* to) {
    const BufferFacts buffer = facts_without_address(pending.buffer);
    const DeviceFacts device = known_device(buffer.device);
    to->region = static_cast<std::uint8_t>(buffer.region);
    to->devices = device.set;
    to->banks = said.banks == PLIMSOLL_NOT_KNOWN ? 0 : static_cast<std::uint32_t>(said.banks);
    to->bytes_per_bank = round_up(said.bytes_per_bank, device.alignment);
    pending.buffer = nullptr;
}

void describe_program(plimsoll_client* client, const RefusalText& said, plimsoll_refusal* to) {
    to->region = PLIMSOLL_L1;
    to->devices = known_device(pending.device).set;
    to->program = find_known_program(pending.program).id;
    to->bytes_per_bank = said.bytes_per_bank;
    if (said.has_cores) {
        CoreRanges cores;
        cores.add(said.cores);
        to->cores = cores.intern(client);
    }
    pending.program = nullptr;
}

}  // namespace

constinit thread_local Pending pending{};

void report_refusal(plimsoll_client* client, const char* text, std::size_t length) {
    RefusalText said;
    if (!read_refusal(text, length, &said)) return;
    const bool of_buffer = said.reason == PLIMSOLL_OUT_OF_MEMORY;
    if (of_buffer ? pending.buffer == nullptr : pending.program == nullptr) return;

    plimsoll_refusal refusal{};
    refusal.size = sizeof refusal;
    refusal.reason = static_cast<std::uint8_t>(said.reason);
    refusal.kind = static_cast<std::uint8_t>(said.kind);
    refusal.location = call_site(client);
    refusal.bytes = said.bytes;
    refusal.bank_bytes = said.bank_bytes;
    refusal.allocated = said.allocated;
    refusal.free = said.free;
    refusal.largest_free = said.largest_free;
    refusal.program_runtime_id = said.program_id;
    refusal.lowest_address = said.lowest_address;
    refusal.region_end = said.region_end;
    if (of_buffer) {
        describe_buffer(said, &refusal);
    } else {
        describe_program(client, said, &refusal);
    }
    plimsoll_refuse(client, &refusal);
}

}  // namespace plimsoll::ttmetal
