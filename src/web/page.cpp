#include "web/page.hpp"

#include <algorithm>
#include <string_view>

#include "export/page_json.hpp"
#include "view/sections.hpp"
#include "web/page_template.hpp"

namespace plimsoll::web {
namespace {

// Where web/src/page.html takes its two documents.
constexpr std::string_view kReport = "{{report}}";
constexpr std::string_view kMore = "{{more}}";

}  // namespace

std::string page(const findings::Report& report) {
    const std::string_view around = page_template();
    const std::size_t report_at = around.find(kReport);
    const std::size_t more_at = around.find(kMore);  // behind it: a test of the page looks
    const std::size_t room = kLargestPage - std::min(kLargestPage, around.size());
    const exporting::PageData data = exporting::page_data(
        report, {view::verdict(report), view::run_parts(report), view::notes_of(report)}, room);

    std::string text(around.substr(0, report_at));
    text += data.report;
    text += around.substr(report_at + kReport.size(), more_at - report_at - kReport.size());
    text += data.more;
    text += around.substr(more_at + kMore.size());
    return text;
}

}  // namespace plimsoll::web
