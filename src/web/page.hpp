#pragma once

#include <string>

#include "findings/report.hpp"

namespace plimsoll::web {

// The whole report as one page of HTML that needs no network and no other file. Below kLargestPage,
// unless the report as JSON is larger by itself; what had to be left out for that is told on it.
std::string page(const findings::Report& report);

// What may be attached to an issue everywhere.
inline constexpr std::size_t kLargestPage = 1900 * 1000;

}  // namespace plimsoll::web
