#pragma once

#include <array>
#include <cstddef>

#include "machines/machine.hpp"

// The entries of the table. Each is checked by machine_table_test.cpp; what the runtime makes of it
// is checked by running programs on it.
namespace plimsoll::machines {

Machine n150();
Machine n300();
Machine t3k();
Machine galaxy();

Machine p100();
Machine p150();
Machine p150x8();
Machine blackhole_galaxy();

// What a program finds on one chip: its columns and rows of compute cores vary, the rest is the
// chip's.
constexpr ChipCapacity wormhole_chip(int columns, int rows) {
    return {columns, rows, 12, 1ull << 30, 1499136};
}
constexpr ChipCapacity blackhole_chip(int columns, int rows, int dram_channels = 8) {
    return {columns, rows, dram_channels, 4278190080, 1572864};
}

// 0, 1, 2, ...: all chips of a machine that is one board.
template <std::size_t kCount>
constexpr std::array<int, kCount> counted() {
    std::array<int, kCount> numbers{};
    for (std::size_t i = 0; i < kCount; ++i) numbers[i] = static_cast<int>(i);
    return numbers;
}

}  // namespace plimsoll::machines
