#include "view/table.hpp"

#include <algorithm>

#include "view/text.hpp"

namespace plimsoll::view {
namespace {

constexpr std::size_t kWidestCell = 40;  // of a column that is not the last

}  // namespace

void Table::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::string& cell : cells) cell = printable(cell);
    for (std::size_t i = 0; i + 1 < cells.size(); ++i) cells[i] = cut(cells[i], kWidestCell);
    rows_.push_back(std::move(cells));
}

void Table::print(Page& page, std::size_t indent) const {
    std::vector<std::size_t> widths(columns_.size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], display_width(row[i]));
        }
    }
    std::size_t before_last = indent;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) before_last += widths[i] + gap_;
    constexpr std::size_t kNarrowest = 10;
    const std::size_t room = std::max(kColumns - std::min(before_last, kColumns), kNarrowest);
    widths.back() = std::min(widths.back(), room);

    for (const auto& row : rows_) {
        std::string text(indent, ' ');
        const std::vector<std::string> last = wrap(row.back(), widths.back());
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string& cell = i + 1 < row.size() ? row[i] : last.front();
            text +=
                columns_[i] == Align::left ? pad_right(cell, widths[i]) : pad_left(cell, widths[i]);
            if (i + 1 < row.size()) text.append(gap_, ' ');
        }
        page.line(text, &row == &rows_.front() ? Look::faint : Look::plain);
        for (std::size_t i = 1; i < last.size(); ++i) {
            page.line(std::string(before_last, ' ') + last[i]);
        }
    }
}

}  // namespace plimsoll::view
