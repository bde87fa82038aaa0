#pragma once

#include <string>
#include <vector>

#include "findings/memory_map.hpp"
#include "view/map_cells.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// Cells as text, one column each. With blocks each run has its letter in the middle.
std::string bar_text(const std::vector<Cell>& cells, const findings::MemoryMap& map, Glyphs glyphs);

}  // namespace plimsoll::view
