#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "findings/finding.hpp"

namespace plimsoll::exporting {

// What a server says grows, out of what it answers about the leaks of a process that began then:
// who looks once cannot see growth. Trust: any text is taken, what is no answer says nothing.
std::vector<findings::Finding> read_growths(std::string_view leaks_json, std::uint64_t start_time);

}  // namespace plimsoll::exporting
