#include "view/map_cells.hpp"

#include <algorithm>
#include <map>

namespace plimsoll::view {
namespace {

using findings::Extent;

std::uint64_t common_bytes(const Extent& a, const Extent& b) {
    const std::uint64_t begin = std::max(a.begin, b.begin);
    const std::uint64_t end = std::min(a.end, b.end);
    return begin < end ? end - begin : 0;
}

class Columns {
  public:
    Columns(const Extent& window, std::size_t count)
        : window_(window),
          count_(static_cast<std::size_t>(std::min<std::uint64_t>(count, window.bytes()))),
          held_(count_) {}

    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] Extent extent(std::size_t cell) const {
        return {begin_of_cell(window_, cell, count_), begin_of_cell(window_, cell + 1, count_)};
    }

    void add(const findings::MapSpan& span) {
        std::size_t cell = first_of(span.extent.begin);
        for (; cell < count_; ++cell) {
            const Extent column = extent(cell);
            if (column.begin >= span.extent.end) break;
            held_[cell][span.holder] += common_bytes(column, span.extent);
        }
    }

    [[nodiscard]] Cell cell(std::size_t at) const {
        std::uint64_t all = 0, most = 0;
        Cell cell;
        for (const auto& [holder, bytes] : held_[at]) {
            all += bytes;
            if (bytes > most) {
                most = bytes;
                cell.holder = holder;
            }
        }
        if (all == 0) return cell;
        // More than there is: they lie over each other.
        cell.fill = all >= extent(at).bytes() / 2 ? Fill::mostly : Fill::partly;
        return cell;
    }

  private:
    [[nodiscard]] std::size_t first_of(std::uint64_t address) const {
        std::size_t low = 0, high = count_;
        while (low < high) {
            const std::size_t middle = (low + high) / 2;
            if (extent(middle).end <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    Extent window_;
    std::size_t count_;
    std::vector<std::map<std::size_t, std::uint64_t>> held_;  // by holder
};

}  // namespace

std::uint64_t begin_of_cell(const Extent& window, std::size_t cell, std::size_t columns) {
    if (cell >= columns) return window.end;
    const std::uint64_t each = window.bytes() / columns;
    const std::uint64_t rest = window.bytes() % columns;
    return window.begin + each * cell + rest * cell / columns;
}

std::vector<Cell> cells_of(const std::vector<findings::MapSpan>& spans, const Extent& window,
                           const std::optional<Extent>& bank, std::size_t columns) {
    Columns all(window, columns);
    for (const findings::MapSpan& span : spans) all.add(span);
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < all.count(); ++i) {
        Cell cell = all.cell(i);
        const bool in_bank = !bank || common_bytes(all.extent(i), *bank) > 0;
        if (cell.fill == Fill::empty && !in_bank) cell.fill = Fill::outside;
        cells.push_back(cell);
    }
    return cells;
}

}  // namespace plimsoll::view
