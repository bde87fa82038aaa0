#include "model/mesh_device.hpp"
#include "model/plimsoll_observer.hpp"

// What the runtime refuses, as the agent reads it from the words of the error.
namespace plimsoll::model {
namespace {

// A refusal with none of its figures.
plimsoll_refusal not_known(plimsoll_refusal_reason reason, plimsoll_kind kind,
                           plimsoll_region region) {
    plimsoll_refusal refusal{};
    refusal.size = sizeof refusal;
    refusal.reason = static_cast<std::uint8_t>(reason);
    refusal.kind = static_cast<std::uint8_t>(kind);
    refusal.region = static_cast<std::uint8_t>(region);
    for (std::uint64_t* figure :
         {&refusal.bytes, &refusal.bytes_per_bank, &refusal.bank_bytes, &refusal.allocated,
          &refusal.free, &refusal.largest_free, &refusal.program_runtime_id,
          &refusal.lowest_address, &refusal.region_end}) {
        *figure = PLIMSOLL_NOT_KNOWN;
    }
    return refusal;
}

}  // namespace

void PlimsollObserver::buffer_refused(const Buffer& buffer) {
    const BufferType type = buffer.buffer_type();
    const Statistics bank = buffer.device()->allocator().get_statistics(type);
    plimsoll_refusal refusal = not_known(PLIMSOLL_OUT_OF_MEMORY, PLIMSOLL_BUFFER, region_of(type));
    refusal.devices = devices_of(buffer.device());
    refusal.location = location();
    refusal.banks = static_cast<std::uint32_t>(buffer.num_banks());
    refusal.bytes = buffer.size();
    refusal.bytes_per_bank =
        align_up(buffer.aligned_size_per_bank(), context_.architecture().dram_alignment);
    refusal.bank_bytes = bank.total_allocatable_size_bytes;
    refusal.allocated = bank.total_allocated_bytes;
    refusal.free = bank.total_free_bytes;
    refusal.largest_free = bank.largest_free_block_bytes;
    plimsoll_refuse(client_, &refusal);
    semaphore_expected_ = false;
}

void PlimsollObserver::layout_refused(const Program& program, const IDevice& device,
                                      const RefusedLayout& layout) {
    const bool dataflow = !program.dataflow_buffers().empty();
    plimsoll_refusal refusal =
        not_known(layout.lowest_buffer ? PLIMSOLL_CLASH : PLIMSOLL_BEYOND_MEMORY,
                  dataflow ? PLIMSOLL_DATAFLOW_BUFFER : PLIMSOLL_CIRCULAR_BUFFER, PLIMSOLL_L1);
    refusal.devices = devices_of(&device);
    refusal.location = location();
    refusal.program = known(program).id;
    refusal.cores = intern(layout.cores);
    refusal.region_end = layout.region_end;
    if (layout.lowest_buffer) {
        refusal.program_runtime_id = program.get_id();
        refusal.lowest_address = *layout.lowest_buffer;
    } else {
        refusal.bank_bytes = device.allocator().config().worker_l1_size;
    }
    plimsoll_refuse(client_, &refusal);
}

}  // namespace plimsoll::model
