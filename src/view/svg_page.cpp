#include "view/svg_page.hpp"

#include <fmt/format.h>

#include "view/xml_text.hpp"

namespace plimsoll::view {
namespace {

constexpr double kLine = 20;

// Colours of holders are told apart without hue too; their letters stand in them.
constexpr std::string_view kStyle = R"(<style>
text { font: 13px system-ui, sans-serif; fill: #1c2430 }
.head { font-weight: 600; font-size: 16px }
.sub { font-weight: 600 }
.faint { fill: #5b6675 }
.end { text-anchor: end }
.in { text-anchor: middle; font-weight: 600; fill: #14202e; pointer-events: none }
.page { fill: #ffffff }
.bank { fill: #eef1f5; stroke: #8793a3 }
.hole { fill: #eef1f5 }
.trouble { fill: #c62828 }
.gap { fill: #2e7d32 }
.s0, .s1, .s2, .s3, .s4, .s5, .s6, .s7 { stroke: #ffffff; stroke-width: .75 }
.s0 { fill: #8ab6e8 } .s1 { fill: #f2b779 } .s2 { fill: #93cfa0 } .s3 { fill: #e99a9a }
.s4 { fill: #c3aee4 } .s5 { fill: #d9cf7a } .s6 { fill: #8fd0d3 } .s7 { fill: #c4b5a5 }
@media (prefers-color-scheme: dark) {
text { fill: #e4e9f0 }
.faint { fill: #9aa7b8 }
.in { fill: #f4f7fb }
.page { fill: #14181f }
.bank { fill: #232a35; stroke: #66748a }
.hole { fill: #232a35 }
.trouble { fill: #ff7b72 }
.gap { fill: #7ccf8a }
.s0, .s1, .s2, .s3, .s4, .s5, .s6, .s7 { stroke: #14181f }
.s0 { fill: #2f6db0 } .s1 { fill: #a8641c } .s2 { fill: #347d49 } .s3 { fill: #a84444 }
.s4 { fill: #6d52a3 } .s5 { fill: #807316 } .s6 { fill: #24797d } .s7 { fill: #6d5d4c }
}
.narrow { stroke: none }
</style>
)";

}  // namespace

void SvgPage::line(std::string_view text, std::string_view style, double x) {
    y_ += kLine;
    this->text(x, y_, text, style);
}

void SvgPage::text(double x, double y, std::string_view text, std::string_view style) {
    body_ += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="{}">{}</text>)", x, y, style,
                         xml_text(text));
    body_ += '\n';
}

void SvgPage::box(double x, double y, double width, double height, std::string_view style,
                  std::string_view hover) {
    body_ += fmt::format(R"(<rect x="{:.2f}" y="{:.1f}" width="{:.2f}" height="{:.1f}" class="{}")",
                         x, y, width, height, style);
    body_ += hover.empty() ? "/>\n" : "><title>" + xml_text(hover) + "</title></rect>\n";
}

std::string SvgPage::finish(std::string_view title, std::string_view description) const {
    const double height = y_ + kMargin;
    return fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1:.0f}" )"
                       R"(viewBox="0 0 {0} {1:.0f}" role="img" aria-labelledby="title desc">)",
                       kWidth, height) +
           "\n<title id=\"title\">" + xml_text(title) + "</title>\n<desc id=\"desc\">" +
           xml_text(description) + "</desc>\n" + std::string(kStyle) +
           fmt::format(R"(<rect class="page" width="{}" height="{:.0f}"/>)", kWidth, height) +
           "\n" + body_ + "</svg>\n";
}

}  // namespace plimsoll::view
