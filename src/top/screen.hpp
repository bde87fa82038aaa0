#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plimsoll::top {

// What a piece of the screen is; the terminal decides on its colour.
enum class Ink : std::uint8_t { plain, strong, faint, selected, good, warm, hot };

struct Span {
    std::string text;  // printable
    Ink ink = Ink::plain;
};

using Line = std::vector<Span>;

// One picture: as many lines as the terminal has rows, or fewer.
using Picture = std::vector<Line>;

struct Size {
    std::size_t rows = 24;
    std::size_t columns = 80;
};

// The same line, at most so wide; filled up when it is selected, so that it can be seen as a whole.
Line fitted(Line line, std::size_t columns);
// As text alone.
std::string text_of(const Line& line);

// A bar of so many columns, so full: its ink grows warmer as it fills.
Line bar(std::uint64_t value, std::uint64_t of, std::size_t columns);
// The last values as a row of columns, each as high as its share of the highest.
std::string graph(const std::vector<std::uint64_t>& values, std::size_t columns);

// Which part of a list is shown: so many rows around the selected one.
struct Window {
    std::size_t first = 0;
    std::size_t count = 0;

    static Window of(std::size_t selected, std::size_t total, std::size_t rows);
};

}  // namespace plimsoll::top
