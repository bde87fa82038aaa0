#pragma once

#include <filesystem>

#include "machines/problem.hpp"

namespace plimsoll::machines {

// The stub kernel compiler that belongs to this program: $PLIMSOLL_STUB_COMPILER, or
// plimsoll-stub-compiler beside the program (build tree), or in ../libexec/plimsoll (installed).
Outcome<std::filesystem::path> find_stub_compiler();

}  // namespace plimsoll::machines
