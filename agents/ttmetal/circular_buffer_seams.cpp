#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/call_site.hpp"
#include "agents/ttmetal/circular_buffer_frame.hpp"
#include "agents/ttmetal/core_ranges.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/refusals.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// Circular buffers. The report of one names no program: it is the program whose layout runs on
// this thread. A cached program runs again without a report; one whose sizes changed is laid out
// and reported anew, without a report that the old layout is gone.
namespace plimsoll::ttmetal {
namespace {

constinit Next<void(ProgramImpl*, const Device*)> real_allocate_circular_buffers{
    PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS};
constinit Next<void(GraphTracker*, const CoreRangeSet*, std::uint64_t, std::uint64_t, bool,
                    const Device*)>
    real_track_allocate_cb{PLIMSOLL_TRACK_ALLOCATE_CB};
constinit Next<void(ProgramImpl*, const Device*)> real_validate_circular_buffers{
    PLIMSOLL_VALIDATE_CIRCULAR_BUFFERS};

// A layout stays here until the thread's next one begins; the runtime reports no circular buffer
// outside of a layout, so nobody looks at it.
constinit thread_local CircularBufferFrame frame;

void begin_layout(plimsoll_client* to, Program& program, const DeviceFacts& device) {
    if (program.has_circular_buffers) {
        plimsoll_program_laid_out_anew(to, program.id, PLIMSOLL_CIRCULAR_BUFFER, device.set);
        plimsoll_program_laid_out_anew(to, program.id, PLIMSOLL_GLOBAL_CIRCULAR_BUFFER, device.set);
    }
    program.has_circular_buffers = true;
    if (program.chips < device.chips) program.chips = static_cast<std::uint16_t>(device.chips);
    keep_program(frame.program, program);
}

void report_circular_buffer(plimsoll_client* to, const CoreRangeSet& cores, std::uint64_t address,
                            std::uint64_t bytes_per_core, bool is_global) {
    const DeviceFacts& device = device_facts(to, frame.device);
    Program program = find_program(to, frame.program);
    if (frame.recorded == 1) begin_layout(to, program, device);
    if (!frame.was_complete(device.chips)) {
        plimsoll_cover(to, PLIMSOLL_CIRCULAR_BUFFER, PLIMSOLL_AT_LEAST,
                       text(to, "some were not reported for each chip of their mesh"));
    }

    const CoreRanges ranges(cores);
    plimsoll_allocation allocation{};
    allocation.size = sizeof allocation;
    allocation.kind = is_global ? PLIMSOLL_GLOBAL_CIRCULAR_BUFFER : PLIMSOLL_CIRCULAR_BUFFER;
    allocation.region = PLIMSOLL_L1;
    allocation.owner = program.id == 0 ? PLIMSOLL_UNKNOWN_OWNER : PLIMSOLL_PROGRAM;
    allocation.reported = 1;
    allocation.devices = device.set;
    allocation.program = program.id;
    allocation.cores = ranges.intern(to);
    allocation.location = call_site(to);
    allocation.address = address;
    allocation.bytes = bytes_per_core * ranges.cores();
    // A global one lies in a buffer, which is counted already.
    allocation.banks = is_global ? 0 : ranges.cores();
    allocation.bytes_per_bank = is_global ? 0 : bytes_per_core;
    plimsoll_id unused = 0;
    plimsoll_allocate(to, &allocation, &unused);
}

}  // namespace

PLIMSOLL_SEAM void allocate_circular_buffers(ProgramImpl* program, const Device* device) __asm__(
    PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS);
PLIMSOLL_SEAM void validate_circular_buffers(ProgramImpl* program, const Device* device) __asm__(
    PLIMSOLL_VALIDATE_CIRCULAR_BUFFERS);
PLIMSOLL_SEAM void track_allocate_cb(GraphTracker* tracker, const CoreRangeSet* cores,
                                     std::uint64_t address, std::uint64_t size, bool is_global,
                                     const Device* device) __asm__(PLIMSOLL_TRACK_ALLOCATE_CB);

void allocate_circular_buffers(ProgramImpl* program, const Device* device) {
    frame = CircularBufferFrame{};
    frame.program = program;
    frame.device = device;
    if (real_allocate_circular_buffers) real_allocate_circular_buffers(program, device);
}

void validate_circular_buffers(ProgramImpl* program, const Device* device) {
    expect_validation(program, device);
    if (real_validate_circular_buffers) real_validate_circular_buffers(program, device);
}

void track_allocate_cb(GraphTracker* tracker, const CoreRangeSet* cores, std::uint64_t address,
                       std::uint64_t size, bool is_global, const Device* device) {
    if (frame.program != nullptr && frame.count(device)) {
        if (plimsoll_client* to = client()) {
            report_circular_buffer(to, *cores, address, size, is_global);
        }
    }
    if (real_track_allocate_cb) {
        real_track_allocate_cb(tracker, cores, address, size, is_global, device);
    }
}

}  // namespace plimsoll::ttmetal
