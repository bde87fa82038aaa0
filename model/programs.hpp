#pragma once

#include "model/error.hpp"
#include "model/session.hpp"

// A user's programs, one idea each.
namespace plimsoll::model::programs {

// Opens a 2x4 mesh, runs an op with three circular buffers of 4096 B per core, closes the mesh.
void mesh_test(Session& session);

void convolutions(Session& session);  // of many shapes: a table in L1_SMALL for each
void all_reduces(Session& session);   // of many shapes: eight global semaphores for each
void tensors(Session& session);       // two, each freed before the next, and before the close
void trace(Session& session);         // captured, and released before the close
void executables(Session& session);   // many, dropped before the close
void test_case(Session& session);     // whose fixture frees and closes

// Six tensors on a mesh, and what two ops keep there for their programs.
void mesh_of_tensors(Session& session);
// Each turn computes something and lets it go.
void inference_loop(Session& session);
void trace_loop(Session& session);

// What a program does that goes on when it is refused something.
template <void (*kWork)(Session&)>
void going_on(Session& session) {
    session.open_device(0, {});
    try {
        kWork(session);
    } catch (const RuntimeError&) {
    }
    session.tear_down();
}

// Each asks for what it just gets.
void one_op_after_another(Session& session);  // the results of one, then one of another
void large_after_many(Session& session);      // DRAM: every second of ten, then one of three
void large_between_markers(Session& session);
void op_above_tensors(Session& session);
// The same with buffers that lie on one core each.
void shard_beside_single_cores(Session& session);
void op_beside_single_core(Session& session);

}  // namespace plimsoll::model::programs
