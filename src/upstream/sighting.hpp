#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "upstream/statistics.hpp"

namespace plimsoll::upstream {

// The runtime's statistics of all chips, as they are now.
struct Sighting {
    std::vector<Statistics> chips;   // by chip and ASIC
    std::vector<std::string> notes;  // what could not be read, one sentence each
    std::set<std::int32_t> running;  // which of the processes that are named are there
};

// Reads tt_device_*_memory in `folder`: each is copied whole, never mapped or written to. Files of
// other users, which cannot be opened, are left out silently: they are not ours to see.
//
// Limits: kMostFiles.
inline constexpr std::size_t kMostFiles = 256;
Sighting look_at_statistics(const std::filesystem::path& folder = "/dev/shm");

}  // namespace plimsoll::upstream
