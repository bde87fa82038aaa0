#include <plimsoll/client.h>

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/programs.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// Runs. The runtime names each program of a workload, lays the workload's programs out and
// validates them, which may be refused, and then loads their binaries and dispatches them: all on
// the thread that launches it, also when everything is cached. So what was named before a layout
// runs when the binaries of the same workload are loaded.
namespace plimsoll::ttmetal {
namespace {

constinit Next<void(GraphTracker*, const ProgramObject*, const Device*)> real_track_program{
    PLIMSOLL_TRACK_PROGRAM};
constinit Next<void(Workload*, Device*)> real_compile_workload{PLIMSOLL_COMPILE_WORKLOAD};
constinit Next<void(Workload*, CommandQueue*)> real_load_binaries{PLIMSOLL_LOAD_BINARIES};

// What this thread is about to launch. What is refused stays here until the next launch begins.
struct Launch {
    static constexpr std::size_t kMaxPrograms = 32;  // where chips differ; more are left out

    const Workload* workload;  // null: not laid out so far
    std::size_t count;
    const ProgramImpl* programs[kMaxPrograms];  // keys; nothing of them is read
};
[[gnu::tls_model("initial-exec")]] constinit thread_local Launch launch{};

[[gnu::cold, gnu::noinline]] void report_unnamed_launch(plimsoll_client* to) {
    plimsoll_cover(to, PLIMSOLL_RUN, PLIMSOLL_UNKNOWN,
                   text(to, "the program launches some that ttnn does not know of"));
}

[[gnu::cold, gnu::noinline]] void report_split_launch(plimsoll_client* to) {
    plimsoll_cover(
        to, PLIMSOLL_RUN, PLIMSOLL_AT_LEAST,
        text(to, "of programs launched together on different chips, one counts for all"));
}

[[gnu::noinline]] void report_launch(plimsoll_client* to, const Workload* workload) {
    if (launch.workload != workload) return report_unnamed_launch(to);
    for (std::size_t i = 0; i < launch.count; ++i) {
        const plimsoll_program program = find_known_program(launch.programs[i]).id;
        if (program != 0) plimsoll_program_run(to, program);
    }
    if (launch.count > 1) report_split_launch(to);
    launch.workload = nullptr;
    launch.count = 0;
}

}  // namespace

PLIMSOLL_SEAM void track_program(GraphTracker* tracker, const ProgramObject* program,
                                 const Device* device) __asm__(PLIMSOLL_TRACK_PROGRAM);
PLIMSOLL_SEAM void compile_workload(Workload* workload,
                                    Device* mesh) __asm__(PLIMSOLL_COMPILE_WORKLOAD);
PLIMSOLL_SEAM void load_binaries(Workload* workload,
                                 CommandQueue* queue) __asm__(PLIMSOLL_LOAD_BINARIES);

void track_program(GraphTracker* tracker, const ProgramObject* program, const Device* device) {
    if (launch.workload != nullptr) {  // the last one was refused
        launch.workload = nullptr;
        launch.count = 0;
    }
    if (launch.count < Launch::kMaxPrograms) launch.programs[launch.count++] = program->impl;
    if (real_track_program) real_track_program(tracker, program, device);
}

void compile_workload(Workload* workload, Device* mesh) {
    if (launch.count != 0) launch.workload = workload;
    if (real_compile_workload) real_compile_workload(workload, mesh);
}

void load_binaries(Workload* workload, CommandQueue* queue) {
    if (plimsoll_client* to = client()) report_launch(to, workload);
    if (real_load_binaries) real_load_binaries(workload, queue);
}

}  // namespace plimsoll::ttmetal
