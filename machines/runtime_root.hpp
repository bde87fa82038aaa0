#pragma once

#include <filesystem>

#include "machines/package.hpp"
#include "machines/problem.hpp"

namespace plimsoll::machines {

// A folder that looks to the runtime like its own installation, with a kernel compiler in it.
struct RuntimeRoot {
    std::filesystem::path folder;   // for TT_METAL_RUNTIME_ROOT
    std::filesystem::path kernels;  // for TT_METAL_CACHE: kernels compiled under this root
};

// Where a kernel compiler may be installed outside of the package.
inline constexpr const char* kSystemCompiler =
    "/opt/tenstorrent/sfpi/compiler/bin/riscv-tt-elf-g++";

// The real kernel compiler that the runtime would use for the package; empty when there is none.
std::filesystem::path real_compiler(const std::filesystem::path& package,
                                    const std::filesystem::path& system_compiler = kSystemCompiler);

// Gives the package its runtime root inside `store`: absolute links to all the package holds,
// plus `stub` where the kernel compiler belongs, unless the package or the system has the real
// one. Nothing is written into the package.
//
// One package has one root at one path, since the runtime hashes that path into the keys of its
// kernel cache. A root of other content is replaced in one step, so any number of runs may ask at
// the same time. Stub and real compiler answer --version alike and share keys, so each compiler
// has a kernel cache of its own.
Outcome<RuntimeRoot> make_runtime_root(
    const Package& package, const std::filesystem::path& stub, const std::filesystem::path& store,
    const std::filesystem::path& system_compiler = kSystemCompiler);

}  // namespace plimsoll::machines
