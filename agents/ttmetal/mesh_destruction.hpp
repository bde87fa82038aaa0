#pragma once

namespace plimsoll::ttmetal {

// How many destructors of meshes run on this thread, one inside the other. What dies in there was
// the mesh's own: its program cache, with the tensors that cached programs keep. Nothing of the
// user's does; a tensor knows its mesh, not the other way round.
inline constinit thread_local int mesh_destructions = 0;

}  // namespace plimsoll::ttmetal
