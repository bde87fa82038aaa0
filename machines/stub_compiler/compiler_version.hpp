#pragma once

#include <string>
#include <string_view>

namespace plimsoll::stub_compiler {

// The line the real compiler of a release prints for --version, from the release's own file
// tt_metal/sfpi-version (NAME='VALUE' lines). The runtime hashes the line into the key under
// which it looks for its pre-compiled firmware: the exact line saves building firmware.
std::string compiler_version(std::string_view sfpi_version_file);

}  // namespace plimsoll::stub_compiler
