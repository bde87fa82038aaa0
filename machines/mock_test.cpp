#include "machines/mock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "machines/cluster_descriptor.hpp"
#include "machines/test_folder.hpp"

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

class Mock : public testing::Test {
  protected:
    void SetUp() override {
        for (const char* name :
             {"TT_METAL_LOGS_PATH", "TT_METAL_INSPECTOR", "TT_METAL_SHM_TRACKING_DISABLED",
              "TT_METAL_SIMULATOR", "OMPI_MCA_btl"}) {
            environment.unset(name);
        }
        environment.set("PLIMSOLL_CACHE", cache.string());
        fs::create_directories(private_folder);
    }
    Environment prepare_n150() const {
        const auto prepared = prepare(*find("n150"), package, private_folder);
        if (!prepared) ADD_FAILURE() << text(prepared.problem());
        return prepared ? prepared.value() : Environment{};
    }

    const TestFolder folder;
    TestEnvironment environment;
    const Package package{"python3", folder.package(), "0.81.1"};
    const fs::path cache = folder.path() / "cache";
    const fs::path private_folder = folder.path() / "run";
};

std::optional<std::string> value_of(const Environment& environment, const std::string& name) {
    for (const auto& [key, value] : environment.set) {
        if (key == name) return value;
    }
    return {};
}

bool is_below(const std::optional<std::string>& path, const fs::path& folder) {
    return path && path->starts_with(folder.string() + "/");
}

TEST_F(Mock, GivesTheChildADescriptorARootACacheAndQuiet) {
    const Environment child = prepare_n150();
    const auto descriptor = value_of(child, "TT_METAL_MOCK_CLUSTER_DESC_PATH");
    ASSERT_TRUE(is_below(descriptor, private_folder));
    EXPECT_EQ(content_of(*descriptor), cluster_descriptor(*find("n150")));
    EXPECT_TRUE(is_below(value_of(child, "TT_METAL_RUNTIME_ROOT"), cache));
    EXPECT_TRUE(is_below(value_of(child, "TT_METAL_CACHE"), cache));
    EXPECT_TRUE(is_below(value_of(child, "TT_METAL_LOGS_PATH"), private_folder));
    EXPECT_EQ(value_of(child, "TT_METAL_INSPECTOR"), "0");
    EXPECT_EQ(value_of(child, "TT_METAL_SHM_TRACKING_DISABLED"), "1");
    EXPECT_EQ(value_of(child, "OMPI_MCA_btl"), "self");
    EXPECT_TRUE(child.unset.empty());
}

TEST_F(Mock, LeavesTheCallersTemporaryFolderAlone) {
    EXPECT_EQ(value_of(prepare_n150(), "TMPDIR"), std::nullopt);
}

TEST_F(Mock, LeavesTheCallersChoicesAsTheyAre) {
    for (const char* name : {"TT_METAL_LOGS_PATH", "TT_METAL_INSPECTOR", "OMPI_MCA_btl",
                             "TT_METAL_SHM_TRACKING_DISABLED"}) {
        environment.set(name, "chosen");
        EXPECT_EQ(value_of(prepare_n150(), name), std::nullopt) << name;
    }
}

TEST_F(Mock, TurnsUpstreamsTrackerOnByRemovingTheCallersZero) {
    environment.set("TT_METAL_SHM_TRACKING_DISABLED", "0");
    const Environment child = prepare_n150();
    EXPECT_EQ(value_of(child, "TT_METAL_SHM_TRACKING_DISABLED"), std::nullopt);
    EXPECT_EQ(child.unset, std::vector<std::string>{"TT_METAL_SHM_TRACKING_DISABLED"});
}

TEST_F(Mock, TakesASimulatorAway) {
    environment.set("TT_METAL_SIMULATOR", "/sim");
    EXPECT_EQ(prepare_n150().unset, std::vector<std::string>{"TT_METAL_SIMULATOR"});
}

TEST_F(Mock, FallsBackToThePrivateFolderWhenTheCacheCannotBeWritten) {
    environment.set("PLIMSOLL_CACHE", folder.file("in-the-way", "").string());
    const Environment child = prepare_n150();
    EXPECT_TRUE(is_below(value_of(child, "TT_METAL_RUNTIME_ROOT"), private_folder));
    EXPECT_TRUE(is_below(value_of(child, "TT_METAL_CACHE"), private_folder));
}

TEST_F(Mock, IsAProblemWhenThePrivateFolderDoesNotExist) {
    const auto prepared = prepare(*find("n150"), package, folder.path() / "not-made");
    ASSERT_FALSE(prepared);
    EXPECT_NE(prepared.problem().what.find("cannot write"), std::string::npos);
}

}  // namespace
}  // namespace plimsoll::machines
