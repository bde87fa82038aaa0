#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "findings/memory_map.hpp"

namespace plimsoll::view {

enum class Fill : std::uint8_t {
    outside,  // of the bank: there is no memory
    empty,    // not one byte of it is held
    partly,   // less than half of it
    mostly,
};

// A piece of a lane that takes one column of the terminal.
struct Cell {
    Fill fill = Fill::empty;
    std::size_t holder = 0;  // who has the most of it

    friend bool operator==(const Cell&, const Cell&) = default;
};

// What of `spans` is in the window, from its lowest address to its highest; each is in at least one
// cell. Never more cells than bytes. What is outside of `bank` is no memory; nothing: all is.
std::vector<Cell> cells_of(const std::vector<findings::MapSpan>& spans,
                           const findings::Extent& window,
                           const std::optional<findings::Extent>& bank, std::size_t columns);

// Where a cell begins; the end of the last one is that of cell `columns`.
std::uint64_t begin_of_cell(const findings::Extent& window, std::size_t cell, std::size_t columns);

}  // namespace plimsoll::view
