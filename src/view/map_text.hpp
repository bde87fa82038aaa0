#pragma once

#include "findings/memory_map.hpp"
#include "view/page.hpp"

namespace plimsoll::view {

// The map as bars from the lowest address to the highest, a letter for each holder, with what is
// between them in figures, and who the letters are.
void print_map(Page& page, const findings::MemoryMap& map, Glyphs glyphs);

// Where exactly each piece lies, and what is between them.
void print_pieces(Page& page, const findings::MemoryMap& map);

}  // namespace plimsoll::view
