#pragma once

#include <string>
#include <vector>

#include "findings/memory_map.hpp"

// What both painters say of a map.
namespace plimsoll::view {

// "bank", in L1 "core".
const char* bank_word(Region region);

// "L1 of each core, on devices 0..7: 1393312 B, 105824 .. 1499136".
std::string map_title(const findings::MemoryMap& map);

// How much lies between, in how many pieces, the largest of them; the gap, or the overlap.
std::vector<std::string> map_figures(const findings::MemoryMap& map);

// A stretch that both painters point at: the gap, the overlap, what is beyond the memory.
struct Mark {
    const char* name = "";
    findings::Extent extent;
    bool is_trouble = false;
};
std::optional<Mark> mark_of(const findings::MemoryMap& map);

// Where all pieces are, when they would hardly be seen in a picture of the whole bank.
std::optional<findings::Extent> closer(const findings::MemoryMap& map);

// What the signs of the terminal mean that are no holder's letter.
std::string map_key(const findings::MemoryMap& map);

// Somebody's, or nobody's.
struct Piece {
    findings::Extent extent;
    char letter = '.';
    std::string what;  // "21 x 65536 B", "free"
};
// All of them, by address.
std::vector<Piece> pieces_of(const findings::MemoryMap& map);

}  // namespace plimsoll::view
