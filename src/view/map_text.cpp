#include "view/map_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/map_bar.hpp"
#include "view/map_words.hpp"
#include "view/table.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

using findings::MapLane;
using findings::MapSpan;
using findings::MemoryMap;

constexpr std::size_t kIndent = 4;
constexpr std::size_t kWidestBar = 72;
constexpr std::size_t kWidestName = 16;

// What is in many pieces gets rows instead of one.
std::size_t rows_for(const MemoryMap& map) {
    constexpr std::size_t kPiecesOfOneRow = 16;
    constexpr std::size_t kMostRows = 4;
    if (map.lanes.size() != 1) return 1;
    return std::clamp<std::size_t>(map.lanes[0].spans.size() / kPiecesOfOneRow, 1, kMostRows);
}

// How the lines of one window are laid out.
struct Layout {
    findings::Extent window;
    std::size_t name_width = 0;
    std::size_t digits = 0;  // of an address
    std::size_t width = 0;   // of a row of cells
    std::size_t rows = 1;

    Layout(const MemoryMap& map, const findings::Extent& shown)
        : window(shown), digits(fmt::formatted_size("{}", shown.end)), rows(rows_for(map)) {
        if (const auto mark = mark_of(map)) name_width = std::string_view(mark->name).size() + 2;
        for (const MapLane& lane : map.lanes) {
            if (map.lanes.size() == 1 && name_width == 0) break;
            name_width = std::max(name_width, display_width(printable(lane.name)) + 2);
        }
        name_width = std::min(name_width, kWidestName + 2);
        width = std::min(kWidestBar, kColumns - (kIndent + name_width + 2 * digits + 4));
    }
};

void print_lane(Page& page, const MemoryMap& map, const MapLane& lane, const Layout& layout,
                Glyphs glyphs) {
    const std::vector<Cell> cells =
        cells_of(lane.spans, layout.window, map.bank, layout.width * layout.rows);
    const std::string_view edge = glyphs == Glyphs::blocks ? "│" : "|";
    std::string name;
    if (layout.name_width > 2) name = cut(printable(lane.name), layout.name_width - 2);
    for (std::size_t first = 0; first < cells.size(); first += layout.width) {
        const std::size_t last = std::min(first + layout.width, cells.size());
        const std::vector<Cell> row(cells.begin() + static_cast<std::ptrdiff_t>(first),
                                    cells.begin() + static_cast<std::ptrdiff_t>(last));
        page.line(std::string(kIndent, ' ') + pad_right(name, layout.name_width) +
                  fmt::format("{:>{}} {}{}{} {}", begin_of_cell(layout.window, first, cells.size()),
                              layout.digits, edge, bar_text(row, map, glyphs), edge,
                              begin_of_cell(layout.window, last, cells.size())));
        name.clear();
    }
}

// Below the lanes.
void print_mark(Page& page, const MemoryMap& map, const Layout& layout) {
    const std::optional<Mark> mark = mark_of(map);
    if (!mark || layout.rows > 1) return;
    std::string text = pad_right(std::string(kIndent, ' ') + mark->name,
                                 kIndent + layout.name_width + layout.digits + 2);
    for (const Cell& cell : cells_of({{mark->extent, 0, 1}}, layout.window, {}, layout.width)) {
        text += cell.fill == Fill::empty ? ' ' : '^';
    }
    page.line(text, mark->is_trouble ? Look::error : Look::plain);
}

void print_bars(Page& page, const MemoryMap& map, const findings::Extent& window, Glyphs glyphs) {
    const Layout layout(map, window);
    for (const MapLane& lane : map.lanes) print_lane(page, map, lane, layout, glyphs);
    if (map.lanes.empty()) print_lane(page, map, {}, layout, glyphs);
    print_mark(page, map, layout);
}

void print_holders(Page& page, const MemoryMap& map) {
    Table table({Align::left, Align::right, Align::left, Align::left});
    table.add(
        {"", std::string("B/") + bank_word(map.region), "owner", "what, and who asked for it"});
    for (const findings::MapHolder& holder : map.holders) {
        table.add({std::string(1, holder.letter), std::to_string(holder.bytes), name(holder.owner),
                   holder.name});
    }
    if (!map.holders.empty()) table.print(page, kIndent);
}

}  // namespace

void print_pieces(Page& page, const MemoryMap& map) {
    Table table({Align::left, Align::right, Align::right, Align::right, Align::left});
    table.add({"", "from", "to", "bytes", ""});
    for (const Piece& piece : pieces_of(map)) {
        table.add({std::string(1, piece.letter), std::to_string(piece.extent.begin),
                   std::to_string(piece.extent.end), std::to_string(piece.extent.bytes()),
                   piece.what});
    }
    page.line("    From the lowest address to the highest");
    table.print(page, kIndent);
    page.blank();
}

void print_map(Page& page, const MemoryMap& map, Glyphs glyphs) {
    page.paragraph("  " + map_title(map), 4, Look::strong);
    print_bars(page, map, findings::reach(map), glyphs);
    if (const auto window = closer(map)) {
        page.line("    closer:");
        print_bars(page, map, *window, glyphs);
    }
    for (const std::string& line : map_figures(map)) page.paragraph("    " + line, 8);
    page.paragraph("    " + map_key(map), 8, Look::faint);
    page.blank();
    print_holders(page, map);
    page.blank();
}

}  // namespace plimsoll::view
