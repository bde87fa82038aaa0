#pragma once

#include <filesystem>

#include "machines/problem.hpp"

namespace plimsoll::machines {

// The stub kernel compiler that belongs to this program: $PLIMSOLL_STUB_COMPILER, or
// plimsoll-stub-compiler beside the program (build tree), or in ../libexec/plimsoll (installed).
Outcome<std::filesystem::path> find_stub_compiler();

// A program that belongs to this one and lies beside it. Empty when it is not there.
std::filesystem::path find_program(const char* name);

// A library that belongs to this program and is preloaded into others: in ../lib/plimsoll
// (installed) or ../lib (build tree). Empty when it is not there.
std::filesystem::path find_library(const char* name);

// Where Python finds the module `plimsoll` of this program. Empty when it is not there.
std::filesystem::path find_python_folder();

}  // namespace plimsoll::machines
