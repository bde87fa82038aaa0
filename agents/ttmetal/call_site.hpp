#pragma once

#include <plimsoll/client.h>

namespace plimsoll::ttmetal {

// Where the Python program is that asked for this memory: its innermost four frames outside the
// ttnn package. 0: unknown, as for every program without Python.
//
// Environment: PLIMSOLL_CALL_SITES=off     look at no frame
//              PLIMSOLL_CALL_SITES=native  the runtime's functions, and a program's without Python,
//                                          too: each allocation unwinds the stack
// Limits:      about 8000 places are remembered; what is not is read and interned again each time
plimsoll_location call_site(plimsoll_client* client);

// Why the calling thread's allocations would have no call site, for a person; null: they have.
const char* why_no_call_sites();
const char* why_no_ops();
// Why one sort of frames that are wanted is missing where the other is not, for a person; null:
// none.
const char* why_not_all_frames();

}  // namespace plimsoll::ttmetal
