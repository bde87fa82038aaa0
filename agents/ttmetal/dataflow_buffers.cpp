#include "agents/ttmetal/dataflow_buffers.hpp"

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/core_ranges.hpp"
#include "agents/ttmetal/device_identity.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/placement.hpp"
#include "agents/ttmetal/pointer_map.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/word_map.hpp"

namespace plimsoll::ttmetal {
namespace {

constinit DataflowLayout layout;

// The last layout that was reported of each program, as a hash.
PointerMap<32768> layouts;

using Buffers = Vector<SharedPointer>;

const Buffers* buffers_of(const ProgramImpl* program) {
    if (!runtime::program_dataflow_buffers) return nullptr;
    return &runtime::program_dataflow_buffers.get()(program);
}

bool read_all(const Buffers& buffers, plimsoll_devices devices, std::uint64_t* hash) {
    *hash = mix(1, devices);
    for (const SharedPointer* held = buffers.first; held != buffers.last; ++held) {
        DataflowBuffer buffer;
        if (!layout.read(held->object, &buffer)) return false;
        *hash = mix(*hash, buffer.bytes_per_core());
        for (const DataflowGroup& group : buffer.groups) {
            for (const CoreAddress& core : group.cores) *hash = mix(*hash, core.address);
        }
    }
    if (*hash == 0) *hash = 1;
    return true;
}

// One buffer, or the part of it that lies at one address.
void report(plimsoll_client* to, plimsoll_devices devices, plimsoll_program program,
            const DataflowBuffer& buffer, std::uint32_t address) {
    CoreRanges cores;
    for (const DataflowGroup& group : buffer.groups) {
        for (const CoreAddress& core : group.cores) {
            if (core.address == address) cores.add({core.x, core.y, core.x, core.y});
        }
    }
    const CoreRanges all(buffer.ranges);
    const CoreRanges& named = cores.cores() == all.cores() ? all : cores;

    plimsoll_allocation allocation{};
    allocation.size = sizeof allocation;
    allocation.kind = PLIMSOLL_DATAFLOW_BUFFER;
    allocation.region = PLIMSOLL_L1;
    allocation.owner = program == 0 ? PLIMSOLL_UNKNOWN_OWNER : PLIMSOLL_PROGRAM;
    allocation.devices = devices;
    allocation.program = program;
    allocation.cores = named.intern(to);
    allocation.location = call_site(to);
    allocation.banks = named.cores();
    allocation.address = address;
    allocation.bytes = buffer.bytes_per_core() * named.cores();
    allocation.bytes_per_bank = buffer.bytes_per_core();
    plimsoll_id unused = 0;
    plimsoll_allocate(to, &allocation, &unused);
}

void report_parts(plimsoll_client* to, plimsoll_devices devices, plimsoll_program program,
                  const DataflowBuffer& buffer, Placement* placement) {
    // Each address once: cores may differ, but there are few addresses.
    constexpr std::size_t kMaxParts = 16;
    std::uint32_t seen[kMaxParts];
    std::size_t parts = 0;
    for (const DataflowGroup& group : buffer.groups) {
        for (const CoreAddress& core : group.cores) {
            bool is_seen = false;
            for (std::size_t i = 0; i < parts; ++i) is_seen = is_seen || seen[i] == core.address;
            if (is_seen) continue;
            if (parts == kMaxParts) {
                plimsoll_cover(to, PLIMSOLL_DATAFLOW_BUFFER, PLIMSOLL_AT_LEAST,
                               text(to, "one lies at more addresses than are followed"));
                return;
            }
            seen[parts++] = core.address;
            if (placement->is_new_memory(core.address, buffer.bytes_per_core(), buffer.ranges)) {
                report(to, devices, program, buffer, core.address);
            }
        }
    }
}

}  // namespace

bool dataflow_layout_is_known() { return layout.is_known(); }

void learn_dataflow_buffer(const ProgramImpl* program, const DataflowConfig& config,
                           const CoreRangeSet& ranges) {
    const Buffers* buffers = buffers_of(program);
    if (buffers == nullptr || buffers->size() == 0) return;
    layout.learn_config(buffers->last[-1].object, config, ranges);
}

void report_dataflow_buffers(plimsoll_client* to, const ProgramImpl* program,
                             const Device* on_device) {
    const Buffers* buffers = buffers_of(program);
    if (buffers == nullptr || buffers->size() == 0) return;
    const DeviceFacts& device = device_facts(to, on_device);
    std::uint64_t hash = 0;
    if (!read_all(*buffers, device.set, &hash)) {
        plimsoll_cover(to, PLIMSOLL_DATAFLOW_BUFFER, PLIMSOLL_UNKNOWN,
                       text(to, "this release keeps them in a form that is not recognised"));
        return;
    }
    if (layouts.get(program) == hash) return;
    layouts.put(program, hash);

    Program known = find_program(to, program);
    if (known.has_dataflow_buffers) {
        plimsoll_program_laid_out_anew(to, known.id, PLIMSOLL_DATAFLOW_BUFFER, device.set);
    }
    known.has_dataflow_buffers = true;
    keep_program(program, known);

    Placement placement(device.alignment, lowest_l1_address(on_device));
    for (const SharedPointer* held = buffers->first; held != buffers->last; ++held) {
        DataflowBuffer buffer;
        if (!layout.read(held->object, &buffer)) continue;
        report_parts(to, device.set, known.id, buffer, &placement);
    }
}

void forget_dataflow_layout(const ProgramImpl* program) { layouts.take(program); }

}  // namespace plimsoll::ttmetal
