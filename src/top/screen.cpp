#include "top/screen.hpp"

#include <algorithm>

#include "view/text.hpp"

namespace plimsoll::top {

Line fitted(Line line, std::size_t columns) {
    Line kept;
    std::size_t used = 0;
    for (Span& span : line) {
        if (used >= columns) break;
        span.text = view::cut(view::printable(span.text), columns - used);
        used += view::display_width(span.text);
        kept.push_back(std::move(span));
    }
    const bool selected = !kept.empty() && kept.front().ink == Ink::selected;
    if (selected && used < columns)
        kept.push_back({std::string(columns - used, ' '), Ink::selected});
    return kept;
}

std::string text_of(const Line& line) {
    std::string text;
    for (const Span& span : line) text += span.text;
    return text;
}

Line bar(std::uint64_t value, std::uint64_t of, std::size_t columns) {
    if (of == 0) return {{std::string(columns, ' '), Ink::faint}};
    const double share = std::min(1.0, static_cast<double>(value) / static_cast<double>(of));
    auto full = static_cast<std::size_t>(share * static_cast<double>(columns));
    if (value > 0) full = std::max<std::size_t>(full, 1);  // a little is not nothing
    const Ink ink = share < 0.6 ? Ink::good : share < 0.85 ? Ink::warm : Ink::hot;
    std::string filled;
    for (std::size_t i = 0; i < full; ++i) filled += "█";
    std::string empty;
    for (std::size_t i = full; i < columns; ++i) empty += "░";
    return {{filled, ink}, {empty, Ink::faint}};
}

std::string graph(const std::vector<std::uint64_t>& values, std::size_t columns) {
    constexpr const char* kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    const std::size_t shown = std::min(columns, values.size());
    const auto begin = values.end() - static_cast<std::ptrdiff_t>(shown);
    const std::uint64_t highest = shown == 0 ? 0 : *std::max_element(begin, values.end());
    std::string text(columns - shown, ' ');
    for (auto value = begin; value != values.end(); ++value) {
        const double share =
            highest == 0 ? 0 : static_cast<double>(*value) / static_cast<double>(highest);
        text += *value == 0 ? " " : kHeights[static_cast<std::size_t>(share * 7.0)];
    }
    return text;
}

Window Window::of(std::size_t selected, std::size_t total, std::size_t rows) {
    if (total <= rows) return {0, total};
    const std::size_t above = rows / 2;
    const std::size_t first = selected > above ? selected - above : 0;
    return {std::min(first, total - rows), rows};
}

}  // namespace plimsoll::top
