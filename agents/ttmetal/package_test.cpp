#include "agents/ttmetal/package.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>

namespace plimsoll::ttmetal {
namespace {

class Package : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = testing::TempDir() + "package-XXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        site_ = pattern;
    }
    void TearDown() override { std::filesystem::remove_all(site_); }

    void make(const std::string& folder) { std::filesystem::create_directories(site_ / folder); }
    std::string found(const std::string& library) {
        char package[kPackageLength];
        find_package((site_ / library).c_str(), package);
        return package;
    }

    std::filesystem::path site_;
};

TEST_F(Package, IsNamedByTheFolderItsInstallerLeft) {
    make("ttnn/build/lib");
    make("numpy-1.26.4.dist-info");
    make("ttnn-0.81.1.dist-info");
    EXPECT_EQ(found("ttnn/build/lib/libtt_metal.so"), "ttnn 0.81.1");
}

TEST_F(Package, HasNoVersionWithoutThatFolder) {
    make("ttnn/build/lib");
    make("ttnn-.dist-info");
    EXPECT_EQ(found("ttnn/build/lib/libtt_metal.so"), "ttnn");
}

TEST_F(Package, IsUnknownForALibraryBuiltFromSource) {
    EXPECT_EQ(found("tt-metal/build/lib/libtt_metal.so"), "");
}

}  // namespace
}  // namespace plimsoll::ttmetal
