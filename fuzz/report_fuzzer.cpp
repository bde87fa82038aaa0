#include <cstdint>
#include <sstream>
#include <string>
#include <variant>

#include "export/explain_json.hpp"
#include "export/read_report.hpp"
#include "view/explain_text.hpp"
#include "view/map_svg.hpp"
#include "view/text.hpp"

// A report that somebody may have written by hand. Whatever it says is refused or explained, and no
// line that leaves is wider than the page or moves the cursor.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace plimsoll;
    const auto read = exporting::read_report({reinterpret_cast<const char*>(data), size});
    const auto* report = std::get_if<findings::Report>(&read);
    if (report == nullptr) return 0;
    std::vector<findings::Explanation> all;
    for (const findings::Finding& finding : report->findings) {
        all.push_back(
            {all.size() + 1, finding, findings::maps_of(finding, report->snapshot.devices)});
    }
    exporting::explain_json(all);
    view::maps_svg(all);
    for (const view::Glyphs glyphs : {view::Glyphs::ascii, view::Glyphs::blocks}) {
        std::istringstream text(view::explain_text(*report, all, {view::Colour::off, glyphs}));
        for (std::string line; std::getline(text, line);) {
            if (view::display_width(line) > view::kColumns) __builtin_trap();
            if (view::printable(line) != line) __builtin_trap();
        }
    }
    return 0;
}
