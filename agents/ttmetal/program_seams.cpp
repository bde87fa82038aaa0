#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/dataflow_buffers.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// The end of programs. Only the destructor ends what a program owns. From 0.70.1 it reports, chip
// by chip, that its circular buffers are free; the report names no program, and comes through a
// device that is usually closed by then, so that pointer is never followed.
namespace plimsoll::ttmetal {
namespace {

constinit Symbol<void(ProgramImpl*)> real_destroy{PLIMSOLL_DESTROY_PROGRAM};
constinit Symbol<void(GraphTracker*, const Device*)> real_track_deallocate_cb{
    PLIMSOLL_TRACK_DEALLOCATE_CB};

// The destructor that runs on this thread. It is noexcept, so it always ends here too.
struct DestructionFrame {
    const ProgramImpl* program = nullptr;
    std::uint32_t reports = 0;
};
constinit thread_local DestructionFrame frame;

}  // namespace

PLIMSOLL_SEAM void destroy_program(ProgramImpl* program) __asm__(PLIMSOLL_DESTROY_PROGRAM);
PLIMSOLL_SEAM void track_deallocate_cb(GraphTracker* tracker,
                                       const Device* device) __asm__(PLIMSOLL_TRACK_DEALLOCATE_CB);

void destroy_program(ProgramImpl* program) {
    const Program known = forget_program(program);
    forget_dataflow_layout(program);
    const DestructionFrame outer = frame;
    frame = {program, 0};
    if (real_destroy) real_destroy(program);
    const std::uint32_t reports = frame.reports;
    frame = outer;
    if (known.id == 0) return;
    plimsoll_client* to = client();
    if (to == nullptr) return;
    if (reports != 0 && reports >= known.chips) plimsoll_program_report_free(to, known.id);
    plimsoll_program_destroy(to, known.id);
}

void track_deallocate_cb(GraphTracker* tracker, const Device* device) {
    if (frame.program != nullptr) ++frame.reports;
    if (real_track_deallocate_cb) real_track_deallocate_cb(tracker, device);
}

}  // namespace plimsoll::ttmetal
