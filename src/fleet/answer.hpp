#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plimsoll::fleet {

// One series at one moment.
struct Row {
    std::map<std::string, std::string> labels;
    double value = 0;

    // Empty: it has no such label.
    [[nodiscard]] const std::string& label(const std::string& name) const;
};

using Rows = std::vector<Row>;
struct Refused {
    std::string why;
};

// What a server that speaks Prometheus' API answered to an instant query; or why it did not. Any
// text is taken.
std::variant<Rows, Refused> read_answer(std::string_view text);

// `url` with the query behind it.
std::string url_of_query(const std::string& url, std::string_view query);

}  // namespace plimsoll::fleet
