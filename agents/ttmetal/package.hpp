#pragma once

#include <cstddef>

namespace plimsoll::ttmetal {

inline constexpr std::size_t kPackageLength = 64;

// Which package a library came with, such as "ttnn 0.81.1": beside the package's folder `ttnn`,
// in which the library lies, its installer left `ttnn-0.81.1.dist-info`. "ttnn" alone when that is
// missing; `package` is left empty for a library that lies elsewhere.
void find_package(const char* library_path, char (&package)[kPackageLength]);

}  // namespace plimsoll::ttmetal
