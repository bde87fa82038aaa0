#pragma once

#include <string_view>
#include <vector>

#include "ledger/places.hpp"

namespace plimsoll::collect {

// A stack of native functions as the agent writes it down, "/path/lib.so+0x12+0x34\n/program+0x5":
// a frame each, innermost first, whose file is "/path/lib.so+0x12".
//
// Trust:  foreign text; what is no number belongs to the path.
// Limits: 64 frames
std::vector<ledger::Frame> stack_frames(std::string_view text);

}  // namespace plimsoll::collect
