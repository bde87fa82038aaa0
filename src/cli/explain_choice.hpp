#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "findings/memory_map.hpp"
#include "findings/report.hpp"
#include "machines/problem.hpp"

namespace plimsoll::cli {

struct ExplainOptions {
    std::string file;     // "-": standard input
    std::string finding;  // its number or its code; empty: the only one, else the list is asked for
    std::optional<std::int32_t> device;
    std::optional<Region> region;
    std::string svg;
    bool json = false;
};

// The findings that were asked for, with the maps and rows of the device and the region that were.
// Empty: the list is.
machines::Outcome<std::vector<findings::Explanation>> chosen(const findings::Report& report,
                                                             const ExplainOptions& options);

}  // namespace plimsoll::cli
