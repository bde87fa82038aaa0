#include "view/map_bar.hpp"

#include <array>

namespace plimsoll::view {
namespace {

char letter_of(const Cell& cell, const findings::MemoryMap& map) {
    const char letter = map.holders.at(cell.holder).letter;
    const bool small = cell.fill == Fill::partly && letter >= 'A' && letter <= 'Z';
    return small ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Neighbours differ without colour too.
std::string_view shade(std::size_t holder) {
    constexpr std::array<std::string_view, 3> kShades = {"█", "▓", "▒"};
    return kShades[holder % kShades.size()];
}

}  // namespace

std::string bar_text(const std::vector<Cell>& cells, const findings::MemoryMap& map,
                     Glyphs glyphs) {
    std::string text;
    for (std::size_t first = 0; first < cells.size();) {
        const Cell& cell = cells[first];
        std::size_t end = first + 1;
        while (end < cells.size() && cells[end] == cell) ++end;
        const std::size_t middle = (first + end - 1) / 2;
        for (std::size_t i = first; i < end; ++i) {
            if (cell.fill == Fill::outside) {
                text += ' ';
            } else if (cell.fill == Fill::empty) {
                text += glyphs == Glyphs::blocks ? "·" : ".";
            } else if (cell.fill == Fill::partly || glyphs == Glyphs::ascii || i == middle) {
                text += letter_of(cell, map);
            } else {
                text += shade(cell.holder);
            }
        }
        first = end;
    }
    return text;
}

}  // namespace plimsoll::view
