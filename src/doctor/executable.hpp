#pragma once

#include <filesystem>

namespace plimsoll::doctor {

// Why nothing can be preloaded into a program, in words; empty: it can, or it is no program that
// the loader starts (a script).
std::string why_no_preload(const std::filesystem::path& program);

}  // namespace plimsoll::doctor
