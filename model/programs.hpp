#pragma once

#include "model/session.hpp"

// A user's programs, one idea each.
namespace plimsoll::model::programs {

// Opens a 2x4 mesh, runs an op with three circular buffers of 4096 B per core, closes the mesh.
void mesh_test(Session& session);

void convolutions(Session& session);  // of three shapes: a table in L1_SMALL for each
void all_reduces(Session& session);   // of three shapes: eight global semaphores for each
void tensors(Session& session);       // two, each freed before the next, and before the close
void trace(Session& session);         // captured, and released before the close
void executables(Session& session);   // two, dropped before the close
void test_case(Session& session);     // whose fixture frees and closes

}  // namespace plimsoll::model::programs
