#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "findings/grouping.hpp"

namespace plimsoll::findings {

// How many different programs the rows belong to; 0 when none is known.
std::size_t program_count(const Rows& rows);

// The circular buffers of each program: who it is, where it was made, then address and size per
// core. Programs that are alike in all of that but their number share one entry.
std::vector<std::string> program_lines(const Rows& rows, std::size_t all_devices);

}  // namespace plimsoll::findings
