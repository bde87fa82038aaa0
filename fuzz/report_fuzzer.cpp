#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <variant>

#include "export/baseline_json.hpp"
#include "export/explain_json.hpp"
#include "export/read_report.hpp"
#include "view/explain_text.hpp"
#include "view/map_svg.hpp"
#include "view/text.hpp"
#include "web/page.hpp"

namespace {

// A baseline that is taken is the same when it was written and read again.
void read_as_baseline(std::string_view text) {
    using namespace plimsoll;
    const auto read = exporting::read_baseline(text);
    const auto* baseline = std::get_if<gate::Baseline>(&read);
    if (baseline == nullptr) return;
    const auto again = exporting::read_baseline(exporting::baseline_json(*baseline));
    const auto* same = std::get_if<gate::Baseline>(&again);
    if (same == nullptr || same->accepted.size() != baseline->accepted.size()) __builtin_trap();
}

// Whatever stands in it, nothing of it can end the script of a page.
void show_as_page(std::string_view text, const plimsoll::findings::Report& report) {
    constexpr std::size_t kMostBytes = 1 << 20;
    const auto data = plimsoll::web::page_data(std::string(text), report, kMostBytes);
    for (const std::string& document : {data.report, data.more}) {
        if (document.find('<') != document.npos) __builtin_trap();
    }
}

}  // namespace

// A report that somebody may have written by hand. Whatever it says is refused or explained, and no
// line that leaves is wider than the page or moves the cursor.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    read_as_baseline(text);
    const auto read = exporting::read_report(text);
    const auto* report = std::get_if<findings::Report>(&read);
    if (report == nullptr) return 0;
    show_as_page(text, *report);
    std::vector<findings::Explanation> all;
    for (const findings::Finding& finding : report->findings) {
        all.push_back(
            {all.size() + 1, finding, findings::maps_of(finding, report->snapshot.devices)});
    }
    exporting::explain_json(all);
    view::maps_svg(all);
    for (const view::Glyphs glyphs : {view::Glyphs::ascii, view::Glyphs::blocks}) {
        std::istringstream lines(view::explain_text(*report, all, {view::Colour::off, glyphs}));
        for (std::string line; std::getline(lines, line);) {
            if (view::display_width(line) > view::kColumns) __builtin_trap();
            if (view::printable(line) != line) __builtin_trap();
        }
    }
    return 0;
}
