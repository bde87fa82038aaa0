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

// Of the one in the page, which a header cannot widen.
constexpr std::string_view kPolicy = "Content-Security-Policy\" content=\"";
constexpr std::string_view kNoNetwork = "default-src 'none';";
constexpr std::string_view kOwnServer = "default-src 'none'; connect-src 'self';";

std::string with_documents(std::string_view report, std::string_view more) {
    const std::string_view around = page_template();
    const std::size_t report_at = around.find(kReport);
    const std::size_t more_at = around.find(kMore);  // behind it: a test of the page looks
    std::string text(around.substr(0, report_at));
    text += report;
    text += around.substr(report_at + kReport.size(), more_at - report_at - kReport.size());
    text += more;
    text += around.substr(more_at + kMore.size());
    return text;
}

exporting::PageWords words_of(const findings::Report& report) {
    return {view::verdict(report), view::run_parts(report), view::notes_of(report)};
}

}  // namespace

exporting::PageData page_data(const findings::Report& report, std::size_t most_bytes) {
    return exporting::page_data(report, words_of(report), most_bytes);
}

exporting::PageData page_data(const std::string& json, const findings::Report& read,
                              std::size_t most_bytes) {
    return exporting::page_data(json, read, words_of(read), most_bytes);
}

std::string page(const findings::Report& report) {
    const std::size_t room = kLargestPage - std::min(kLargestPage, page_template().size());
    const exporting::PageData data = page_data(report, room);
    return with_documents(data.report, data.more);
}

LivePage live_page() {
    std::string text = with_documents("", "");
    text.replace(text.find(kNoNetwork), kNoNetwork.size(), kOwnServer);
    const std::size_t begin = text.find(kPolicy) + kPolicy.size();
    const std::string policy = text.substr(begin, text.find('"', begin) - begin);
    return {std::move(text), policy + "; frame-ancestors 'none'"};
}

}  // namespace plimsoll::web
