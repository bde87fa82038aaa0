#pragma once

#include <string>
#include <vector>

#include "findings/report.hpp"

namespace plimsoll::exporting {

// Sentences of the text report, which the page shows as they are.
struct PageWords {
    std::string verdict;
    std::vector<std::string> run;
    std::vector<std::string> notes;
};

// The two documents of one page, in one line each and without a character that could end a script
// of HTML or JavaScript.
struct PageData {
    std::string report;  // schema 1, what to_json() prints
    // What the page shows beside it: sentences, a picture of each finding's memory, all allocations
    // that are listed, and when something was refused. Belongs to the page of the same release.
    std::string more;
};

// The documents of a report that was written as JSON: `json`, which read_report() has taken as
// `read`, is the first of them, whatever else stands in it.
PageData page_data(const std::string& json, const findings::Report& read, const PageWords& words,
                   std::size_t most_bytes);

// Lists of allocations and pictures end where the two documents would be larger than `most_bytes`
// (a report that is larger itself stays whole); the page says so.
PageData page_data(const findings::Report& report, const PageWords& words, std::size_t most_bytes);

}  // namespace plimsoll::exporting
