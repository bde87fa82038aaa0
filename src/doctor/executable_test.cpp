#include "doctor/executable.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace plimsoll::doctor {
namespace {

namespace fs = std::filesystem;

class Executable : public testing::Test {
  protected:
    Executable() {
        std::string name = (fs::temp_directory_path() / "plimsoll-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~Executable() override { fs::remove_all(folder_); }

    fs::path folder_;
};

TEST_F(Executable, AnOrdinaryProgramTakesPreloads) {
    EXPECT_EQ(why_no_preload("/proc/self/exe"), "");
}

TEST_F(Executable, AScriptIsNoProgramOfTheLoaders) {
    const fs::path script = folder_ / "script";
    std::ofstream(script) << "#!/bin/sh\n";
    EXPECT_EQ(why_no_preload(script), "");
    EXPECT_EQ(why_no_preload(folder_ / "missing"), "");
}

TEST_F(Executable, AStaticProgramTakesNone) {
    // The header of this very program, with no segment that names a loader.
    std::ifstream self("/proc/self/exe", std::ios::binary);
    std::string header(64, '\0');
    self.read(header.data(), 64);
    header[56] = header[57] = 0;  // e_phnum
    const fs::path program = folder_ / "static";
    std::ofstream(program, std::ios::binary) << header;
    EXPECT_EQ(why_no_preload(program), "it is linked statically");
}

TEST_F(Executable, AProgramWithOtherRightsTakesNone) {
    const fs::path program = folder_ / "setuid";
    fs::copy_file("/proc/self/exe", program);
    ASSERT_EQ(::chmod(program.c_str(), 04755), 0);
    EXPECT_EQ(why_no_preload(program), "it runs with other rights (set-uid or capabilities)");
}

}  // namespace
}  // namespace plimsoll::doctor
