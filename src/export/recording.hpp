#pragma once

#include <optional>
#include <string>

#include "export/page_json.hpp"

namespace plimsoll::exporting {

// A recording is a report and what its page shows beside it, in one document of JSON. Those of
// another form are refused by read_report().
inline constexpr std::uint64_t kRecordingForm = 1;

// How large a recording becomes, unless its report is larger by itself: half of what a server sends
// as one answer.
inline constexpr std::size_t kLargestRecording = 16 << 20;

std::string recording(const PageData& data);

// The documents of a recording that read_report() has taken. Nothing: it took a plain report.
std::optional<PageData> recorded_page(const std::string& json);

}  // namespace plimsoll::exporting
