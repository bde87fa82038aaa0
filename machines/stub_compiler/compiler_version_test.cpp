#include "machines/stub_compiler/compiler_version.hpp"

#include <gtest/gtest.h>

namespace plimsoll::stub_compiler {
namespace {

TEST(CompilerVersion, IsTheLineOfTheReleasesOwnCompiler) {
    EXPECT_EQ(compiler_version("# sfpi release 7.89.0\n\nsfpi_repo='https://example.org'\n"
                               "sfpi_version='7.89.0'\nsfpi_base=''\nsfpi_build='1050'\n"),
              "riscv-tt-elf-g++ (tenstorrent/sfpi:7.89.0[1050]) 15.1.0");
}

TEST(CompilerVersion, IsNeverEmptyBecauseTheRuntimeRefusesAnEmptyLine) {
    EXPECT_EQ(compiler_version(""), "riscv-tt-elf-g++ (tenstorrent/sfpi:[]) 15.1.0");
    EXPECT_EQ(compiler_version("sfpi_version='7"),
              "riscv-tt-elf-g++ (tenstorrent/sfpi:7[]) 15.1.0");
}

}  // namespace
}  // namespace plimsoll::stub_compiler
