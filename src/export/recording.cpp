#include "export/recording.hpp"

#include "export/page_line.hpp"
#include "export/parse.hpp"
#include "export/reading.hpp"

namespace plimsoll::exporting {

std::string recording(const PageData& data) {
    return "{\"recording\":" + std::to_string(kRecordingForm) + ",\n\"report\":" + data.report +
           ",\n\"more\":" + data.more + "}\n";
}

std::optional<PageData> recorded_page(const std::string& json) {
    const auto parsed = parse(json);
    const Json* whole = std::get_if<Json>(&parsed);
    if (whole == nullptr || !known_number(*whole, "recording")) return std::nullopt;
    return PageData{line_of(child(*whole, "report")), line_of(child(*whole, "more"))};
}

}  // namespace plimsoll::exporting
