#include "view/map_svg.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "findings/words.hpp"
#include "view/map_words.hpp"
#include "view/svg_page.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

using findings::Extent;
using findings::MemoryMap;

constexpr double kBarHeight = 36;
constexpr double kNameWidth = 130;
constexpr std::size_t kNameColumns = 16;
constexpr std::size_t kLineColumns = 124;  // that fit the page in most fonts,
constexpr std::size_t kHeadColumns = 92;   // and of those that are larger
constexpr std::size_t kColours = 8;

// Where addresses lie on the page.
class Scale {
  public:
    explicit Scale(const Extent& window) : window_(window), left_(SvgPage::kMargin + kNameWidth) {}

    [[nodiscard]] double x(std::uint64_t address) const {
        const auto bytes = static_cast<double>(std::max<std::uint64_t>(window_.bytes(), 1));
        return left_ + static_cast<double>(address - window_.begin) / bytes *
                           (SvgPage::kWidth - SvgPage::kMargin - left_);
    }
    // What of it is in the window.
    [[nodiscard]] std::optional<Extent> seen(const Extent& extent) const {
        const Extent both{std::max(extent.begin, window_.begin), std::min(extent.end, window_.end)};
        return both.begin < both.end ? std::optional(both) : std::nullopt;
    }
    [[nodiscard]] const Extent& window() const { return window_; }

  private:
    Extent window_;
    double left_;
};

std::string style_of(std::size_t holder) { return fmt::format("s{}", holder % kColours); }

void draw_box(SvgPage& page, const Scale& scale, const Extent& extent, double y, double height,
              std::string_view style, std::string_view hover) {
    const std::optional<Extent> shown = scale.seen(extent);
    if (!shown) return;
    constexpr double kNarrowest = 2;
    constexpr double kNarrow = 4;  // an edge would leave nothing of it
    const double left = scale.x(shown->begin);
    const double width = std::max(scale.x(shown->end) - left, kNarrowest);
    page.box(left, y, width, height, std::string(style) + (width < kNarrow ? " narrow" : ""),
             hover);
}

std::string place(const Extent& extent) {
    return fmt::format("{} .. {}, {} B", extent.begin, extent.end, extent.bytes());
}

void draw_span(SvgPage& page, const Scale& scale, const MemoryMap& map,
               const findings::MapSpan& span, double y) {
    const findings::MapHolder& holder = map.holders.at(span.holder);
    draw_box(page, scale, span.extent, y, kBarHeight, style_of(span.holder),
             fmt::format("{}: {}{}", holder.name, place(span.extent),
                         span.count > 1 ? fmt::format(", {} of them", span.count) : ""));
    constexpr double kWideEnough = 12;
    const double left = scale.x(span.extent.begin);
    const double right = scale.x(span.extent.end);
    if (right - left < kWideEnough) return;
    page.text((left + right) / 2, y + kBarHeight / 2 + 5, std::string(1, holder.letter), "in");
}

void draw_lane(SvgPage& page, const Scale& scale, const MemoryMap& map,
               const findings::MapLane& lane) {
    const double y = page.y();
    page.text(SvgPage::kMargin, y + kBarHeight / 2 + 5, cut(printable(lane.name), kNameColumns),
              "");
    draw_box(page, scale, map.bank.value_or(scale.window()), y, kBarHeight, "bank", "");
    if (map.lanes.size() < 2) {
        for (const Extent& hole : findings::holes(map)) {
            draw_box(page, scale, hole, y + 1, kBarHeight - 2, "hole",
                     fmt::format("{}: {}", map.rest_is_free ? "free" : "between", place(hole)));
        }
    }
    for (const findings::MapSpan& span : lane.spans) draw_span(page, scale, map, span, y);
    page.down(kBarHeight + 4);
}

// A narrow bar below the lanes.
void draw_mark(SvgPage& page, const Scale& scale, const MemoryMap& map) {
    const std::optional<Mark> mark = mark_of(map);
    if (!mark) return;
    constexpr double kHeight = 6;
    draw_box(page, scale, mark->extent, page.y(), kHeight, mark->is_trouble ? "trouble" : "gap",
             fmt::format("{}: {}", mark->name, place(mark->extent)));
    page.text(SvgPage::kMargin, page.y() + kHeight + 2, mark->name, "");
    page.down(kHeight + 4);
}

void draw_edges(SvgPage& page, const Scale& scale) {
    const double y = page.y() + 14;
    page.text(scale.x(scale.window().begin), y, std::to_string(scale.window().begin), "faint");
    page.text(scale.x(scale.window().end), y, std::to_string(scale.window().end), "faint end");
    page.down(18);
}

void draw_text(SvgPage& page, std::string_view text, std::string_view style, std::size_t columns) {
    for (const std::string& line : wrap(printable(text), columns)) page.line(line, style);
}

void draw_bars(SvgPage& page, const MemoryMap& map, const Extent& window) {
    const Scale scale(window);
    for (const findings::MapLane& lane : map.lanes) draw_lane(page, scale, map, lane);
    if (map.lanes.empty()) draw_lane(page, scale, map, {});
    draw_mark(page, scale, map);
    draw_edges(page, scale);
}

void draw_holders(SvgPage& page, const MemoryMap& map) {
    constexpr double kSwatch = 14;
    for (std::size_t i = 0; i < map.holders.size(); ++i) {
        const findings::MapHolder& holder = map.holders[i];
        const std::string text = fmt::format("{}   {} B per {}, {}", holder.letter, holder.bytes,
                                             bank_word(map.region), holder.name);
        page.box(SvgPage::kMargin, page.y() + 9, kSwatch, kSwatch, style_of(i), "");
        for (const std::string& line : wrap(printable(text), kLineColumns - 4)) {
            page.line(line, "", SvgPage::kMargin + kSwatch + 8);
        }
    }
}

void draw_map(SvgPage& page, const MemoryMap& map) {
    draw_text(page, map_title(map), "sub", kLineColumns);
    page.down(10);
    draw_bars(page, map, findings::reach(map));
    if (const auto window = closer(map)) {
        draw_text(page, "closer:", "", kLineColumns);
        page.down(10);
        draw_bars(page, map, *window);
    }
    for (const std::string& line : map_figures(map)) draw_text(page, line, "", kLineColumns);
    page.down(6);
    draw_holders(page, map);
    page.down(20);
}

}  // namespace

std::string maps_svg(const std::vector<findings::Explanation>& explanations) {
    SvgPage page;
    std::string description;
    std::string title;
    for (const findings::Explanation& one : explanations) {
        const std::string text = fmt::format("{}: {}", one.finding.code, one.finding.title);
        if (title.empty()) title = text;
        draw_text(page, text, "head", kHeadColumns);
        page.down(8);
        for (const MemoryMap& map : one.maps) {
            draw_map(page, map);
            description += map_title(map) + ". ";
            for (const std::string& line : map_figures(map)) description += line + ". ";
        }
    }
    return page.finish(title, description);
}

}  // namespace plimsoll::view
