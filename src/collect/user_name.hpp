#pragma once

#include <filesystem>
#include <string>

namespace plimsoll::collect {

// The user a file belongs to, by name, or by number when there is no name; empty when the file is
// gone. Threads: one at a time.
std::string owner_of(const std::filesystem::path& file);

}  // namespace plimsoll::collect
