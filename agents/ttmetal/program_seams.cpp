#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/dataflow_buffers.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// The end of programs. Only the destructor ends what a program owns. From 0.70.1 it reports, chip
// by chip, that its circular buffers are free; the report names no program, and comes through a
// device that is usually closed by then, so that pointer is never followed. When it has reported
// all, it tells the runtime's inspector that the program is destroyed.
namespace plimsoll::ttmetal {
namespace {

constinit Next<void(ProgramImpl*)> real_destroy{PLIMSOLL_DESTROY_PROGRAM};
constinit Next<void(const ProgramImpl*)> real_program_destroyed{PLIMSOLL_PROGRAM_DESTROYED};
constinit Next<void(GraphTracker*, const Device*)> real_track_deallocate_cb{
    PLIMSOLL_TRACK_DEALLOCATE_CB};

// Reports of the destructor that runs on this thread, or ran last.
constinit thread_local std::uint32_t reports = 0;

void end_program(const ProgramImpl* program) {
    const Program known = forget_program(program);
    forget_dataflow_layout(program);
    if (known.id == 0) return;
    plimsoll_client* to = client();
    if (to == nullptr) return;
    if (reports != 0 && reports >= known.chips) plimsoll_program_report_free(to, known.id);
    plimsoll_program_destroy(to, known.id);
}

}  // namespace

PLIMSOLL_SEAM void destroy_program(ProgramImpl* program) __asm__(PLIMSOLL_DESTROY_PROGRAM);
PLIMSOLL_SEAM void track_deallocate_cb(GraphTracker* tracker,
                                       const Device* device) __asm__(PLIMSOLL_TRACK_DEALLOCATE_CB);
// A static function of a class: it has no `this`.
PLIMSOLL_SEAM void program_destroyed(const ProgramImpl* program) __asm__(
    PLIMSOLL_PROGRAM_DESTROYED);

void destroy_program(ProgramImpl* program) {
    reports = 0;
    if (real_destroy) real_destroy(program);
}

void program_destroyed(const ProgramImpl* program) {
    end_program(program);
    if (real_program_destroyed) real_program_destroyed(program);
}

void track_deallocate_cb(GraphTracker* tracker, const Device* device) {
    ++reports;
    if (real_track_deallocate_cb) real_track_deallocate_cb(tracker, device);
}

}  // namespace plimsoll::ttmetal
