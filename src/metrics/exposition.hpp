#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metrics/family.hpp"

namespace plimsoll::metrics {

// Two ways to write the same. OpenMetrics 1.0 knows units and info, and ends with a line that
// tells that nothing is missing; the older text format is for those who do not ask for it.
enum class Format : std::uint8_t { open_metrics, text };

// What one who sends this header `Accept` can read.
Format format_for(std::string_view accept);

const char* content_type(Format format);

// Pure. Bytes that are not UTF-8 are replaced; lines end, quotes and backslashes are escaped.
std::string exposition(const std::vector<Family>& families, Format format);

}  // namespace plimsoll::metrics
