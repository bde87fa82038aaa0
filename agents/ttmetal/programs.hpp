#pragma once

#include <plimsoll/client.h>

#include <cstdint>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// What the agent keeps of a program of the runtime's.
struct Program {
    plimsoll_program id = 0;
    std::uint16_t chips = 0;  // the most that ever held circular buffers of it at once
    bool has_circular_buffers = false;
    bool has_dataflow_buffers = false;
};

// The program, made known to the client when it is first to own memory: every program costs the
// runtime a second object that dies at once and owns nothing. id 0: it cannot be followed.
Program find_program(plimsoll_client* client, const ProgramImpl* program);

// The same of one that is known already, else id 0: it owns no memory. Asks the runtime nothing.
Program find_known_program(const ProgramImpl* program);

// Keeps what changed.
void keep_program(const ProgramImpl* program, const Program& known);

// Forgets the address. id 0: it never owned memory.
Program forget_program(const ProgramImpl* program);

}  // namespace plimsoll::ttmetal
