#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "view/page.hpp"

namespace plimsoll::view {

enum class Align : std::uint8_t { left, right };

// Columns as wide as their widest cell. The last column takes what is left of the line and wraps.
class Table {
  public:
    // `gap`: spaces between columns.
    explicit Table(std::vector<Align> columns, std::size_t gap = 3)
        : columns_(std::move(columns)), gap_(gap) {}

    void add(std::vector<std::string> cells);  // one per column; the first row is the heading
    void print(Page& page, std::size_t indent) const;

  private:
    std::vector<Align> columns_;
    std::size_t gap_;
    std::vector<std::vector<std::string>> rows_;
};

}  // namespace plimsoll::view
