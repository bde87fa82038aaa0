#pragma once

#include "client/state.hpp"

namespace plimsoll::client {

// Whether the handle names a program that was created and not destroyed. Whoever owns something
// must: only the program's own list leads back to what it owns.
inline bool is_live_program(plimsoll_client* client, plimsoll_program program) {
    return program != 0 && program < segment::load(header(client).programs_used) &&
           segment::load(client->shared.programs()[program].live) != 0;
}

}  // namespace plimsoll::client
