#pragma once

#include <string>

#include "export/page_json.hpp"
#include "findings/report.hpp"

namespace plimsoll::web {

// The whole report as one page of HTML that needs no network and no other file. Below kLargestPage,
// unless the report as JSON is larger by itself; what had to be left out for that is told on it.
std::string page(const findings::Report& report);

// The two documents of a page, with the sentences of the text report, in at most `most_bytes`.
exporting::PageData page_data(const findings::Report& report, std::size_t most_bytes);

// The same of a report that was written as JSON, `json`, and was read.
exporting::PageData page_data(const std::string& json, const findings::Report& read,
                              std::size_t most_bytes);

// The page without its data, which it fetches from where it came from.
struct LivePage {
    std::string text;
    std::string policy;  // what a browser may do with it: run its own script and ask its own server
};
LivePage live_page();

// What may be attached to an issue everywhere.
inline constexpr std::size_t kLargestPage = 1900 * 1000;

}  // namespace plimsoll::web
