#pragma once

#include <filesystem>

namespace plimsoll::machines {

// Where Plimsoll keeps what is slow to make again: $PLIMSOLL_CACHE, else plimsoll/ in
// $XDG_CACHE_HOME, else ~/.cache/plimsoll. Empty when the environment names none of them.
// tools/ttnn-venv follows the same rule.
std::filesystem::path cache_folder();

// Creates the folder where needed; false when nothing can be written into it.
bool make_writable(const std::filesystem::path& folder);

}  // namespace plimsoll::machines
