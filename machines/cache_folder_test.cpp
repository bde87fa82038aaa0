#include "machines/cache_folder.hpp"

#include <gtest/gtest.h>

#include "machines/test_folder.hpp"

namespace plimsoll::machines {
namespace {

class CacheFolder : public testing::Test {
  protected:
    void SetUp() override {
        environment.set("HOME", "/home/ada");
        environment.unset("XDG_CACHE_HOME");
        environment.unset("PLIMSOLL_CACHE");
    }
    TestEnvironment environment;
};

TEST_F(CacheFolder, IsInTheHomeFolderByDefault) {
    EXPECT_EQ(cache_folder(), "/home/ada/.cache/plimsoll");
}

TEST_F(CacheFolder, FollowsXdgAndAboveAllItsOwnVariable) {
    environment.set("XDG_CACHE_HOME", "/xdg");
    EXPECT_EQ(cache_folder(), "/xdg/plimsoll");
    environment.set("PLIMSOLL_CACHE", "/own");
    EXPECT_EQ(cache_folder(), "/own");
}

TEST_F(CacheFolder, IgnoresEmptyAndRelativeValues) {
    environment.set("PLIMSOLL_CACHE", "");
    environment.set("XDG_CACHE_HOME", "relative");
    EXPECT_EQ(cache_folder(), "/home/ada/.cache/plimsoll");
    environment.unset("HOME");
    EXPECT_TRUE(cache_folder().empty());
}

TEST_F(CacheFolder, IsMadeWhenMissingAndRefusedWhenAFileIsInTheWay) {
    const TestFolder folder;
    EXPECT_TRUE(make_writable(folder.path() / "a" / "b"));
    EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "a" / "b"));
    EXPECT_FALSE(make_writable(folder.file("in-the-way", "") / "below"));
    EXPECT_FALSE(make_writable({}));
}

}  // namespace
}  // namespace plimsoll::machines
